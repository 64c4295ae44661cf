"""The catalogue of natural voices: each set's files with address, bytes, SHA-256 and licence.

It is data (`weights.json`). A set has one or more `files` that are fetched from the makers'
own release, and `packages`: where package registries carry the same bytes. What is not
listed with a hash is not fetched.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from typing import Any

from serguide.base.hints import Hint, Remedy
from serguide.voices.language_match import unknown


@dataclass(frozen=True, slots=True)
class WeightsFile:
    """Describe a file of a set as it is published.

    name: as it is kept; role: `model`, `styles` (an npz of them) or `config`; url: https;
    size: bytes; digest: SHA-256, hexadecimal.
    """

    name: str
    role: str
    url: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class PackagedFile:
    """Describe a file that a package of a registry carries.

    module: the Python package it lies in; path: within that; the rest as WeightsFile's.
    """

    module: str
    path: str
    role: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class WeightsSet:
    """Describe what is fetched, kept and removed as one.

    name: as InstalledWeights has it; language: BCP 47 of a voice, empty for a set of many;
    about, made_by: in words; licence: SPDX, or in words; terms: what else to know of its use,
    or empty; notice: what has to be kept beside it; packaged: the same, or a part of it, as
    packages of Python's registry carry it; styles: SHA-256 by style, for those lying loose.
    """

    name: str
    language: str
    about: str
    licence: str
    made_by: str
    notice: str
    files: tuple[WeightsFile, ...]
    packaged: tuple[PackagedFile, ...] = ()
    styles: Mapping[str, str] = field(default_factory=dict, hash=False)
    terms: str = ""

    @property
    def size(self) -> int:
        """Return the bytes to be fetched."""
        return sum(file.size for file in self.files)

    @property
    def model(self) -> WeightsFile:
        """Return the model's file."""
        return next(file for file in self.files if file.role == "model")


@functools.cache
def weights_catalogue() -> Mapping[str, WeightsSet]:
    """Return all sets by their names."""
    text = resources.files(__package__).joinpath("weights.json").read_text(encoding="utf-8")
    return {each["name"]: _read(each) for each in json.loads(text)["sets"]}


def set_of(name: str) -> WeightsSet:
    """Return a set. Raises VoiceError, with the nearest names, when there is none."""
    known = weights_catalogue()
    if name not in known:
        raise unknown(
            "natural voice",
            name,
            tuple(known),
            Hint(f"There are {len(known)}: kokoro, piper:en_US-joe-medium, ….", Remedy("voices")),
        )
    return known[name]


def _read(entry: dict[str, Any]) -> WeightsSet:
    return WeightsSet(
        **{
            **entry,
            "files": tuple(WeightsFile(**file) for file in entry["files"]),
            "packaged": tuple(PackagedFile(**file) for file in entry.get("packaged", ())),
        }
    )
