"""Versions of everything that shapes sound, in one table, for the keys of what is kept.

A number goes up when its step gives other samples for the same input. Nothing else moves it: a
comment, a rename or a faster way to the same samples leaves every kept sound in use. A key takes
the steps that shape its own entry, with what these stand on and the installed versions of their
libraries; `tests/cache/test_versions.py` renders a sample of each step and names the number to
raise when the sample changed and the number did not.

Joining tracks is not here: the joined file is made each time, and never kept. A soundscape's
generators have their numbers in their own classes (`Layer.VERSION`), because they also seed them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Final


@dataclass(frozen=True, slots=True)
class SoundStep:
    """Hold one step on the way to sound.

    number: its version; libraries: distributions whose own version may change its samples;
    uses: steps that it stands on.
    """

    number: int
    libraries: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()


STEPS: Final[dict[str, SoundStep]] = {
    # voices
    "espeak text": SoundStep(2),
    "espeak speech": SoundStep(1, ("espeakng-loader",)),
    "ipa": SoundStep(1, ("espeakng-loader",)),
    "trim": SoundStep(2, ("numpy", "pydub", "audioop-lts")),
    "polish": SoundStep(3, ("numpy", "pedalboard", "soxr")),
    "kokoro text": SoundStep(1, ("espeakng-loader",)),
    "kokoro speech": SoundStep(2, ("numpy", "onnxruntime", "soxr")),
    "tone voice": SoundStep(1, ("numpy",)),
    "gtts text": SoundStep(1, ("gTTS",)),
    "gtts speech": SoundStep(1, ("numpy", "av", "pedalboard", "soxr")),
    "piper text": SoundStep(1, (), ("espeak text",)),
    "piper speech": SoundStep(1, ("numpy", "onnxruntime", "piper-tts", "soxr"), ("trim",)),
    "level beside recordings": SoundStep(1, ("numpy",), ("meter", "limiter")),
    "clip": SoundStep(2, ("soundfile",), ("meter",)),
    # audio
    "meter": SoundStep(1, ("numpy",)),
    "true peak": SoundStep(1, ("numpy",)),
    "one-shots": SoundStep(1, ("numpy",), ("meter",)),
    "guide tone": SoundStep(1, ("numpy",)),
    "duck": SoundStep(1, ("numpy",)),
    "fades": SoundStep(1, ("numpy",)),
    "mix": SoundStep(1, ("numpy",)),
    "limiter": SoundStep(1, ("numpy",), ("true peak",)),
    "stems": SoundStep(1, ("numpy",), ("mix", "limiter")),
    "speech gain": SoundStep(1, ("numpy",), ("meter",)),
    # soundscapes
    "noise": SoundStep(1, ("numpy",)),
    "grains": SoundStep(1, ("numpy",)),
    "loops": SoundStep(1, ("numpy",), ("meter", "noise", "grains")),
    "recorded soundscape": SoundStep(1, ("numpy", "av"), ("meter",)),
    # tracks and files
    "track": SoundStep(1, ("numpy",), ("mix", "limiter", "speech gain")),
    "splice": SoundStep(1),
    "mp3": SoundStep(1, ("lameenc",)),
    "m4a": SoundStep(1, ("av",)),
    "opus": SoundStep(1, ("av",)),
    "flac": SoundStep(1, ("av",)),
    "wav": SoundStep(1),
    "cover": SoundStep(1, ("resvg-py",)),
}
"""Every step by its name; "track" is cutting into pieces, mixing from a run-up, and measuring."""


def stamp(*names: str) -> dict[str, str | int]:
    """Return the versions of steps, of all they use and of their libraries, for a key.

    Flat and plain: `{"trim": 2, "library numpy": "2.4.6"}`. Raises KeyError for a step that
    stands in no table.
    """
    found: dict[str, str | int] = {}
    for name in _with_used(names):
        found[name] = STEPS[name].number
        for library in STEPS[name].libraries:
            found[f"library {library}"] = installed(library)
    return found


def _with_used(names: tuple[str, ...]) -> list[str]:
    found = list(names)
    for name in found:  # grows as it is walked
        found += [used for used in STEPS[name].uses if used not in found]
    return found


@cache
def installed(library: str) -> str:
    """Return a distribution's installed version; empty where it is not installed."""
    try:
        return version(library)
    except PackageNotFoundError:
        return ""
