"""Notation of silences, breaths and notes in the words of a document."""
