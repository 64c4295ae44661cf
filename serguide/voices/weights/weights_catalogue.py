"""The catalogue of natural voices: each set's files with address, bytes, hash and licence.

It is data: `kokoro.json`, and `piper_voices.json` with Piper's catalogue by name. A hash is
`sha256:` or, for voices whose makers publish no other, `md5:`, always together with the bytes.
What is not listed is not fetched.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib import resources
from typing import Any, Final, Literal
from urllib.parse import quote

from serguide.base.hints import Hint, Remedy
from serguide.voices.language_match import unknown

Role = Literal["model", "styles", "config"]
"""`styles` is an npz of Kokoro's style vectors; `config` Piper's description of a model."""

PIPER_CARD: Final = "as its model card says"
"""Stands for a licence that the catalogue does not know."""

_PIPER_FILES: Final[tuple[tuple[Role, str], ...]] = (("model", ".onnx"), ("config", ".onnx.json"))
_PAGE: Final = "https://huggingface.co/rhasspy/piper-voices"


@dataclass(frozen=True, slots=True)
class WeightsFile:
    """Describe a file of a set as it is published.

    name: as it is kept; url: https; size: bytes; digest: `sha256:` or `md5:` and hexadecimal.
    """

    name: str
    role: Role
    url: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class PackagedFile:
    """Describe a file that a package of Python's registry carries.

    module: the package it lies in; path: within that; several models are parts, in order.
    """

    module: str
    path: str
    role: Role
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class WeightsSet:
    """Describe what is fetched, kept and removed as one.

    name: as InstalledWeights has it; language: BCP 47 of a voice, empty for a set of many;
    about, made_by: in words; licence: SPDX, or in words; terms: what else to know of its use,
    or empty; notice: what is kept beside it; packaged: the same as packages carry it, perhaps
    with fewer styles; styles: hash by style, for those that lie loose in a package.
    """

    name: str
    about: str
    licence: str
    made_by: str
    notice: str
    files: tuple[WeightsFile, ...]
    language: str = ""
    terms: str = ""
    packaged: tuple[PackagedFile, ...] = ()
    styles: Mapping[str, str] = field(default_factory=dict, hash=False)

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
    return {each.name: each for each in (_kokoro(), *_piper())}


def set_of(name: str) -> WeightsSet:
    """Return a set. Raises VoiceError, with the nearest names, when there is none."""
    known = weights_catalogue()
    if name not in known:
        hint = Hint("There are kokoro and Piper's, such as piper:en_US-joe-medium.", _SEE)
        raise unknown("natural voice", name, tuple(known), hint)
    return known[name]


def _kokoro() -> WeightsSet:
    entry = _data("kokoro.json")
    entry["files"] = tuple(WeightsFile(**file) for file in entry["files"])
    entry["packaged"] = tuple(PackagedFile(**file) for file in entry["packaged"])
    return WeightsSet(**entry)


def _piper() -> Iterator[WeightsSet]:
    data = _data("piper_voices.json")
    packages = data["packages"]
    for voice in data["voices"]:
        name, folder = voice["name"], quote(voice["folder"])
        files = tuple(
            WeightsFile(
                name=name + ending,
                role=role,
                url=f"{data['address']}{folder}/{quote(name + ending)}",
                size=voice[role][0],
                digest=voice[role][1],
            )
            for role, ending in _PIPER_FILES
        )
        card = f"{data['address'].replace('/resolve/', '/blob/')}{folder}/MODEL_CARD"
        licence = voice.get("licence", PIPER_CARD)
        yield WeightsSet(
            name=f"piper:{name}",
            about=f"{voice['spoken']}, {name.rpartition('-')[2].replace('_', ' ')}",
            licence=licence,
            made_by=f"Piper's voice {name}",
            notice=f"Piper's voice {name}, unchanged: {_PAGE}\nLicence: {licence}\n{card}\n",
            files=files,
            language=voice["language"],
            terms=voice.get("terms", "" if "licence" in voice else f"read {card}"),
            packaged=tuple(
                PackagedFile(packages[name], f"data/{file.name}", file.role, file.size, file.digest)
                for file in files
                if name in packages
            ),
        )


def _data(file: str) -> dict[str, Any]:
    text = resources.files(__package__).joinpath(file).read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


_SEE: Final = Remedy("voices")
