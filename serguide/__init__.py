"""Guided imagery from YAML scripts: narrated, sequenced sessions. The public API is lazy."""

__version__ = "0.1.0"
