"""Voices: turn text into clips of speech; one package an engine, one table that lists them."""
