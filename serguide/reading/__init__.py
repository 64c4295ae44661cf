"""Reading aloud: the sheet to read from, and the teleprompter that records."""
