"""Listening while arranging: a part's voice and soundscape as two streams of samples."""
