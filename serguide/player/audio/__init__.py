"""The player's sound: sources, engine, ramps, speed, the audio device."""
