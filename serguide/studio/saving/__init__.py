"""Save what is changed in the studio: at once, whole, with a way back, over nobody else's work."""
