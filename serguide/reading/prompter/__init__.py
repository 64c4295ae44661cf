"""Teleprompter: a sentence at a time, from a microphone into a recorded voice's folder."""
