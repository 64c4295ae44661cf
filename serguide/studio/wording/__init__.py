"""Words of a script as blocks that a therapist writes in, and back into the same YAML."""
