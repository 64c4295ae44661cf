"""Sound of the player: sources, engine, ramps, speed, the audio device."""
