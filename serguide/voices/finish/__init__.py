"""Finish a voice's clip: trim it to its speech, soften it, and judge whether it can be right."""
