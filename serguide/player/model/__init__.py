"""Playback data: a bundle or sound file, its parts, captions and breaths, the bookmark."""
