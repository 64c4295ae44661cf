"""Audio processing on blocks of float32 samples: mixing, ducking, limiting, loudness."""
