"""Serving the studio: its application, the guard around it, and the process it runs in."""
