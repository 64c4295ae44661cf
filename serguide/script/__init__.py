"""Script language: from YAML text, found in libraries, to a resolved program."""
