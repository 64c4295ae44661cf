"""What is played: a bundle or sound file, its parts, captions and breaths, the kept place."""
