"""Engine of Piper's voices: what there is, what could be got, and opening one."""

from __future__ import annotations

import importlib.util
from typing import Final

from serguide.base.errors import VoiceError
from serguide.base.hints import Hint, Remedy
from serguide.voices import weights
from serguide.voices.base import VoiceDescription, VoiceVariant
from serguide.voices.language_match import best_match, unknown
from serguide.voices.piper.piper_voice import PiperVoice
from serguide.voices.weights.weights_catalogue import WeightsSet, weights_catalogue

INSTALL: Final = "`pip install 'serguide[piper]'`"
"""What brings the program; a voice is got apart."""

FIRST: Final = ("en_US-joe-medium", "en_GB-alba-medium", "de_DE-thorsten-medium")
"""Voices that come before others of their language where none is named."""

_PREFIX: Final = "piper:"


def describe() -> VoiceDescription:
    """Return Piper's catalogue, and which of its voices are here."""
    here = {each.name for each in weights.all_installed()}
    install = Hint("") if _program() else Hint(INSTALL)
    if not any(each.startswith(_PREFIX) for each in here):
        text = f"{install}, then get one of its voices." if install else "Get one of its voices."
        install = Hint(text, Remedy("get_voice", "piper:en_US-joe-medium"))
    return VoiceDescription(
        "piper",
        "GPL-3.0-or-later (the program); each voice has its own",
        variants=tuple(_variant(each, here) for each in _sets()),
        install=install,
        speaks_ipa=True,
    )


def open(variant: str | None, language: str) -> PiperVoice:  # noqa: A001  (the engine's interface)
    """Return the voice of a name such as `en_US-joe-medium`, or the best that speaks a language.

    Raises VoiceError, with what could be got, when there is none here.
    """
    if not _program():
        raise VoiceError("Piper is not installed.", f"{INSTALL}, or use another voice.")
    if variant is None:
        return PiperVoice(_of_language(language), language)
    known = {_short(each): each for each in _sets()}
    if variant not in known:
        hint = Hint(f"It has {len(known)}: en_US-joe-medium, ….", Remedy("voices"))
        raise unknown("piper voice", variant, tuple(known), hint)
    found = weights.installed(_PREFIX + variant)
    if found is None:
        raise VoiceError(f"The voice {_PREFIX}{variant} is not on this machine.", _get(variant))
    return PiperVoice(found, known[variant].language)


def _of_language(language: str) -> weights.InstalledWeights:
    """Return the weights of the installed voice that speaks a language best."""
    catalogue = weights_catalogue()
    here = [each for each in weights.all_installed() if each.name.startswith(_PREFIX)]
    here.sort(key=lambda each: each.name.removeprefix(_PREFIX) not in FIRST)
    found = _best(language, {each.name: catalogue[each.name].language for each in here})
    if found is not None:
        return next(each for each in here if each.name == found)
    offers = sorted(
        _sets(), key=lambda each: (_short(each) not in FIRST, "-medium" not in each.name)
    )
    offered = _best(language, {each.name: each.language for each in offers})
    raise VoiceError(
        f"No voice of Piper's on this machine speaks `{language}`.",
        _get(offered.removeprefix(_PREFIX)) if offered else Hint("Use espeak.", Remedy("voices")),
    )


def _best(language: str, voices: dict[str, str]) -> str | None:
    """Return the first voice of the language that serves another best, or None."""
    tags = {tag.lower() for tag in voices.values()}
    # A tag without a region, or with another region, takes the first voice of its language.
    first = {tag.partition("-")[0]: tag for tag in reversed([t.lower() for t in voices.values()])}
    match = best_match(language, tags, first)
    return next((name for name, tag in voices.items() if tag.lower() == match), None)


def _variant(each: WeightsSet, here: set[str]) -> VoiceVariant:
    return VoiceVariant(
        _short(each),
        each.language,
        each.about,
        size=each.size,
        install="" if each.name in here else Hint("Get it.", Remedy("get_voice", each.name)),
        licence=each.licence,
        origin=each.made_by,
    )


def _get(variant: str) -> Hint:
    return Hint("Get it; it has some 63 MB.", Remedy("get_voice", _PREFIX + variant))


def _short(each: WeightsSet) -> str:
    return each.name.removeprefix(_PREFIX)


def _sets() -> list[WeightsSet]:
    """Return Piper's catalogue by language, in each those that come first, then by quality."""
    found = [each for each in weights_catalogue().values() if each.name.startswith(_PREFIX)]
    return sorted(found, key=lambda e: (e.language, _short(e) not in FIRST, _quality(e)))


def _quality(each: WeightsSet) -> int:
    """Return the rank of a quality: low ones speak at 16 kHz, high ones take thrice as long."""
    return ("medium", "high", "low", "x_low").index(each.name.rpartition("-")[2])


def _program() -> bool:
    return all(importlib.util.find_spec(name) for name in ("piper", "onnxruntime"))
