"""Every sound that a layer of a recipe can be. To add one:

1. Write a class like those of `water.py`: a Layer with a literal `sound`, its settings with
   defaults and bounds, and `render`, which returns one loop without a seam.
2. Add it to AnyLayer; recipes, their checks and the shared tests then know it.
"""

from __future__ import annotations

from typing import Annotated, get_args

from pydantic import Field

from serguide.soundscapes.layers.air import Hush, Wind
from serguide.soundscapes.layers.crickets import Crickets
from serguide.soundscapes.layers.drone import Drone
from serguide.soundscapes.layers.fire import Crackle, Flames
from serguide.soundscapes.layers.model import Layer
from serguide.soundscapes.layers.rain import Drops, Rain
from serguide.soundscapes.layers.water import Laps, Sea, Stream

AnyLayer = Annotated[
    Crackle | Crickets | Drone | Drops | Flames | Hush | Laps | Rain | Sea | Stream | Wind,
    Field(discriminator="sound"),
]
"""One entry of a recipe's `layers`; its `sound` says which class it is."""

GENERATORS: dict[str, type[Layer]] = {
    get_args(made.model_fields["sound"].annotation)[0]: made
    for made in get_args(get_args(AnyLayer)[0])
}
"""Each generator by the name that a recipe's `sound` calls it."""
