"""Handing a session over: ways, a queue, and records of what was given to whom."""
