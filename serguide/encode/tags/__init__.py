"""Tags of sound files: titles, chapters, covers, in each format's own form."""
