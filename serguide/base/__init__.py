"""Foundation of every other package: errors, units, files, signals, tasks. Imports none of them."""
