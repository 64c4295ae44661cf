"""Table of all layer generators: our own and those that packages bring.

`docs/adding.md` says how to add one, step by step.
"""

from __future__ import annotations

import inspect
from typing import Annotated, Any, Final, get_args

from pydantic import Field

from serguide.base.plugins import Plugins, load_plugins
from serguide.soundscapes.layers.air import Hush, Wind
from serguide.soundscapes.layers.crickets import Crickets
from serguide.soundscapes.layers.drone import Drone
from serguide.soundscapes.layers.fire import Crackle, Flames
from serguide.soundscapes.layers.model import Layer
from serguide.soundscapes.layers.rain import Drops, Rain
from serguide.soundscapes.layers.water import Laps, Sea, Stream

GROUP: Final = "serguide.generators"
"""Entry points of this group name a Layer that a package brings, by its `sound`."""

AnyLayer = Annotated[
    Crackle | Crickets | Drone | Drops | Flames | Hush | Laps | Rain | Sea | Stream | Wind,
    Field(discriminator="sound"),
]
"""One entry of a recipe's `layers`; its `sound` says which class it is."""


def sound_of(layer: type[Layer]) -> str:
    """Return the name that a recipe's `sound` calls a generator by; empty when it has none."""
    field = layer.model_fields.get("sound")
    names = get_args(field.annotation) if field else ()
    return str(names[0]) if len(names) == 1 else ""


GENERATORS: Final[dict[str, type[Layer]]] = {
    sound_of(layer): layer for layer in get_args(get_args(AnyLayer)[0])
}
"""Our own generators by name."""


def plugin_generators() -> Plugins:
    """Return the generators that installed packages bring, and those that are left out."""
    return load_plugins(GROUP, tuple(GENERATORS), _fault)


def all_generators() -> dict[str, type[Layer]]:
    """Return every generator by name."""
    return {**GENERATORS, **plugin_generators().found}


def _fault(name: str, layer: Any) -> str | None:
    """Return why an object is no generator, or None."""
    if not inspect.isclass(layer) or not issubclass(layer, Layer):
        return "it is no Layer"
    if inspect.isabstract(layer):
        return "it has no `render`"
    if sound_of(layer) != name:
        return f"it calls itself `{sound_of(layer)}`"
    return None
