"""espeak-ng, built in and offline: the library through ctypes, text, durations."""
