"""Content-addressed cache: a store of bytes, its fallback when the disk fails, and versions."""
