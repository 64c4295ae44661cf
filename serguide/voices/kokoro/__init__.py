"""Voices of Kokoro-82M: styles, text, phonemes, tokens, the model, its sound."""
