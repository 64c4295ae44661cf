"""The shelf: a therapist's own sessions and parts, the ready-made ones, and search in them."""
