"""Sound file formats: encoders, MP3 joined by its frames, tags."""
