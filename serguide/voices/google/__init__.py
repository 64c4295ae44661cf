"""Voices of Google Translate through gTTS: online, opt-in, sent safely."""
