"""Interfaces of the player: terminal screen, plain lines, keyboard."""
