"""Recordings: a person's own voice, kept sentence by sentence; docs/recordings.md."""
