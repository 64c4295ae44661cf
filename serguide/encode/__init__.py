"""Sound files: one encoder a format, MP3 joined by its frames, tags."""
