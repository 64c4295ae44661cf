"""Sound files as soundscapes: decoded in another process, looped without a seam."""
