"""Batches: a table of clients -> rows that are checked -> tasks for any executor -> a report."""
