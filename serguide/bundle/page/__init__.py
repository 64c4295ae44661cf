"""Player page: HTML, its data as JSON, its scripts joined into one, the single-file page."""
