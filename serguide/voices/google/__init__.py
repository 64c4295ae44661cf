"""Google Translate's voices through gTTS: online, opt-in, sent safely."""
