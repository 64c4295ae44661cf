"""The player page: HTML, its data as JSON, its scripts joined into one, single page."""
