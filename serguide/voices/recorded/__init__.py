"""Recorded voices: a person's own sentences, and another voice for what is not recorded."""
