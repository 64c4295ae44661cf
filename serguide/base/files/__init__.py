"""Files: temporary ones, locks between processes, two paths exchanged in one step."""
