"""Voices of espeak-ng, offline: the library through ctypes, text, durations."""
