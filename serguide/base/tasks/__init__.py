"""Long work: a thread pool, progress events, cancelling."""
