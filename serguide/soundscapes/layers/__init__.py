"""Synthesised layers of a soundscape, one generator a class; each makes one seamless loop."""
