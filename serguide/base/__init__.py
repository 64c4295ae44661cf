"""What every room stands on: errors, units, files, signals, tasks. Imports nothing of serguide."""
