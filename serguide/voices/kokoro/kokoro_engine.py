"""Kokoro as an engine: its styles, and which of them are here; nothing is opened."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Final

from serguide.base.hints import Hint, Remedy
from serguide.voices.base import Voice, VoiceDescription, VoiceVariant
from serguide.voices.kokoro.kokoro_styles import STYLES
from serguide.voices.weights import installed

GET: Final = Hint("Get its weights, which stay on this machine.", Remedy("get_voice", "kokoro"))
PROGRAM: Final = "Install what runs it: `pip install 'serguide[natural]'`."
LICENCE: Final = "Apache-2.0"
ORIGIN: Final = "Kokoro-82M by hexgrad"

_MODEL_SIZE: Final = 92_361_271
_STYLE_SIZE: Final = 522_240


def describe() -> VoiceDescription:
    """Return the styles of Kokoro, and what of it is still to be got."""
    program = find_spec("onnxruntime") is not None
    weights = installed("kokoro")
    here = weights.styles if weights else {}
    missing = "" if weights else GET
    return VoiceDescription(
        "kokoro",
        LICENCE,
        tuple(
            VoiceVariant(
                style.name,
                style.language,
                style.label,
                0 if style.name in here else _STYLE_SIZE,
                "" if style.name in here else GET,
            )
            for style in STYLES.values()
        ),
        size=0 if weights else _MODEL_SIZE,
        install=missing if program else PROGRAM,
        origin=ORIGIN,
    )


def open(variant: str | None, language: str) -> Voice:  # noqa: A001  (VoiceEngine's word)
    """Return the voice of a style such as `af_heart`, or else the best here for a language."""
    from serguide.voices.kokoro.kokoro_voice import KokoroVoice

    return KokoroVoice.open(variant, language)
