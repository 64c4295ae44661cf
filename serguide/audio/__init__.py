"""Blocks of float32 samples: soundscapes, mixing, loudness, encoding."""
