"""Soundscapes: recipes of synthesised layers, and therapists' own audio files."""
