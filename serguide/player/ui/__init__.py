"""The player's faces: terminal screens, plain lines, keyboard."""
