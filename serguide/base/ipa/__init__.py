"""International Phonetic Alphabet: its letters, how it is written, and what sounds alike."""
