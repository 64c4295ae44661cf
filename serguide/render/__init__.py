"""Render sessions: plan, render tracks in parallel, join them; cache keys and file tags."""
