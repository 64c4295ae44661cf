"""The sentence of a new part: a script has at least one, and this one waits to be written over."""

from __future__ import annotations

from typing import Final

STARTERS: Final = {
    "en": "You can sit or lie down, as you like.",
    "de": "Sie können sitzen oder liegen, wie Sie möchten.",
    "cs": "Můžete si sednout nebo lehnout, jak je vám milé.",
    "sk": "Môžete si sadnúť alebo ľahnúť, ako je vám milé.",
}
"""By language. The page shows it as a hint, not as words of the part."""
