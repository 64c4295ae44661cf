"""Streaming loudness (ITU-R BS.1770-4), true peak and K-weighting."""
