"""MP3: LAME's frames behind an Info frame of our own; join tracks and splice pieces by frames."""
