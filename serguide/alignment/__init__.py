"""Alignment: the sentences of a script found in a long recording; docs/alignment.md."""
