"""Finish a voice's clip: trim it to its speech, soften it, and check that it can be right."""
