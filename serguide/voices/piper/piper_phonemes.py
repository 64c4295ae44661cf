"""Phonemes that a voice of Piper's knows, from its description; its model is not loaded."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from serguide.base.errors import VoiceError
from serguide.voices.weights import InstalledWeights


def phoneme_names(weights: InstalledWeights) -> frozenset[str]:
    """Return the IPA that a voice has ids for; none where it learnt from letters instead.

    Raises VoiceError when its description cannot be read.
    """
    return _names(weights.config) if weights.config is not None else frozenset()


@lru_cache(maxsize=8)
def _names(config: Path) -> frozenset[str]:
    try:
        described: dict[str, Any] = json.loads(config.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise VoiceError(
            f"A file of Piper's voice cannot be read: {error}.", "Get it again."
        ) from error
    if described.get("phoneme_type", "espeak") != "espeak":
        return frozenset()
    return frozenset(described.get("phoneme_id_map", ()))
