"""Drafting of scripts: a document's parts -> cues -> YAML."""
