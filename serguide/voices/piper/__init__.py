"""Voices of Piper, natural and offline: the extra `piper`, and a voice of its catalogue."""
