"""What is heard under a voice: recipes of synthesised layers, and therapists' own audio files."""
