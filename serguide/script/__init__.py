"""YAML text becomes a validated, frozen Script or Session, found in libraries."""
