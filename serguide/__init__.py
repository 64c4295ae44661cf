"""Guided imagery from YAML scripts: narrated, sequenced sessions. The Python API, imported lazily.

    from serguide import RenderRequest, api

The functions are those of `serguide.api`; `serguide.render` is the package of that name.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from serguide import api
    from serguide.api import Cancel, Prepared, Progress, RenderRequest
    from serguide.base.errors import (
        BundleError,
        Cancelled,
        DocumentError,
        NetworkError,
        Problem,
        RecordingError,
        ScriptError,
        SerguideError,
        SoundError,
        StoreError,
        UsageError,
        VoiceError,
    )

__version__ = "0.2.0"

__all__ = [
    "BundleError",
    "Cancel",
    "Cancelled",
    "DocumentError",
    "NetworkError",
    "Prepared",
    "Problem",
    "Progress",
    "RecordingError",
    "RenderRequest",
    "ScriptError",
    "SerguideError",
    "SoundError",
    "StoreError",
    "UsageError",
    "VoiceError",
    "__version__",
    "api",
]

_OF_API = {"Cancel", "Prepared", "Progress", "RenderRequest"}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that `serguide --version` stays quick."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if name == "api":
        return import_module("serguide.api")
    module = import_module("serguide.api" if name in _OF_API else "serguide.base.errors")
    value = globals()[name] = getattr(module, name)
    return value


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted({*globals(), *__all__})
