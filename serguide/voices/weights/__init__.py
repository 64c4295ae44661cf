"""Weights of natural voices: what there is, which are on this machine, fetching, removing.

What stands in `__all__` is imported when it is asked for: who looks for files alone, as a render
does for which nothing has changed, need not load the catalogue.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from serguide.voices.weights.installation import all_installed, installed
    from serguide.voices.weights.installed_weights import InstalledWeights

__all__ = ["InstalledWeights", "all_installed", "installed"]

_PLACES: Final = {
    "InstalledWeights": "installed_weights",
    "all_installed": "installation",
    "installed": "installation",
}


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_PLACES[name]}"), name)
