"""Colours of the look: dusk, linen, one ember, sage; for drawings, page and terminal.

The page's style sheet says them again, as custom properties of the same names; a test compares.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

DARK: Final[Mapping[str, str]] = MappingProxyType(
    {
        "night": "#10151c",
        "dusk": "#1a2430",
        "glow": "#2b4152",
        "card": "#15202a",
        "line": "#2b3b49",
        "text": "#ece4d8",
        "quiet": "#9fb2c0",
        "edge": "#6b8299",
        "rose": "#e79a8f",
        "ember": "#e8b17a",
        "on-ember": "#20160c",
        "bar": "#587388",
        "sage": "#9cc3ad",
        "on-sage": "#12201a",
        "sage-soft": "#22342c",
        "on-sage-soft": "#cfe7da",
        "sage-line": "#5f8d76",
        "disc-core": "#4d7d8c",
        "disc-rim": "#294a5c",
        "ring": "#1f3442",
        "player": "#243340",
        "sage-player": "#2e473c",
    }
)
"""The colours by name, as they are unless a listener asks for a light page."""

LIGHT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "night": "#f6f1e8",
        "dusk": "#f6f1e8",
        "glow": "#fdf9f1",
        "card": "#fbf7ef",
        "line": "#ddd3c2",
        "text": "#2b2620",
        "quiet": "#5d5548",
        "edge": "#7a7163",
        "rose": "#9a3b2e",
        "ember": "#8a5a24",
        "on-ember": "#ffffff",
        "bar": "#8f8470",
        "sage": "#3d6b55",
        "on-sage": "#ffffff",
        "sage-soft": "#e3ece3",
        "on-sage-soft": "#24483a",
        "sage-line": "#6f947f",
        "disc-core": "#d9e6e4",
        "disc-rim": "#b3cbcb",
        "ring": "#e6e9e1",
        "player": "#ece4d6",
        "sage-player": "#f1f5ee",
    }
)
"""The same names on a light ground."""

NIGHT: Final = DARK["night"]
"""The darkest ground."""

DUSK: Final = DARK["dusk"]
"""The lighter end of the ground."""

GLOW: Final = DARK["glow"]
"""The light that falls on the ground from above."""

LINEN: Final = DARK["text"]
"""What is spoken, and titles."""

QUIET: Final = DARK["quiet"]
"""What stands back: axes, lengths, rests."""

EMBER: Final = DARK["ember"]
"""One accent: what begins, and single sounds."""

SAGE: Final = DARK["sage"]
"""Ground, and breath."""

EDGE: Final = DARK["edge"]
"""Lines that alone show where something ends."""

WATER: Final = "#6d93a6"
"""The loudness curve, in drawings alone."""
