"""Models of a soundscape recipe: frozen, closed to unknown fields."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Annotated, ClassVar

import numpy as np
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from serguide.audio.types import Block
from serguide.base.units import Decibels, parse_level


def _level(value: object) -> object:
    return parse_level(value) if isinstance(value, str) else value


Level = Annotated[Decibels, BeforeValidator(_level), Field(ge=-60.0, le=0.0)]
"""A level such as `-6dB`: 0dB is as loud as the loudest layer."""

Amount = Annotated[float, Field(ge=0.0, le=1.0, allow_inf_nan=False)]
"""A number from 0 (none) to 1 (much)."""


class Layer(BaseModel, ABC):
    """Hold one layer's settings, and make its loop. A new generator is a class like this."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    VERSION: ClassVar[int] = 1
    """Counted up when the generator sounds different with the same settings."""

    level: Level = Decibels(0.0)
    """Loudness relative to the other layers, such as `-6dB`; each is as loud at `0dB`."""

    @abstractmethod
    def render(self, rng: np.random.Generator, frames: int) -> Block:
        """Return one loop at any level: shape (frames, 2), float32, with no seam at its end."""
