"""Readers of documents: one module a format; each returns an ImportedDocument."""
