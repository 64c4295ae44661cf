"""Colours of the product: dusk, linen, one ember, sage."""

from __future__ import annotations

NIGHT = "#10151c"
"""The darkest ground."""

DUSK = "#1a2430"
"""The lighter end of the ground."""

GLOW = "#2b4152"
"""The light that falls on the ground from above."""

LINEN = "#ece4d8"
"""What is spoken, and titles."""

QUIET = "#9fb2c0"
"""What stands back: axes, lengths, rests."""

EMBER = "#e8b17a"
"""One accent: what begins, and single sounds."""

SAGE = "#9cc3ad"
"""Ground, and breath."""

EDGE = "#6b8299"
"""Lines that alone show where something ends."""
