"""File handling: temporary files, locks between processes, exchange of two paths."""
