"""Read and make `voice.yaml`: whose voice it is, in which language, and that they agreed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from serguide.base.errors import Problem, RecordingError, ScriptError
from serguide.base.files.atomic import write_new
from serguide.base.files.failures import explained
from serguide.script.nodes import Mapping, load, plain

VOICE_FILE: Final = "voice.yaml"

_Words = Annotated[str, Field(max_length=500)]


class VoiceCard(BaseModel):
    """Say whose voice a folder holds.

    title: how it is called; language: BCP 47, of what is mostly read; made_by: who recorded it;
    consent: in whose voice, and that they agreed, in their words; otherwise: the voice that
    speaks what is not recorded, empty for the best natural one.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Annotated[str, Field(min_length=1, max_length=200)]
    language: Annotated[str, Field(min_length=2, max_length=35, pattern=r"^[A-Za-z0-9-]+$")] = "en"
    made_by: _Words = ""
    consent: _Words = ""
    otherwise: Annotated[str, Field(max_length=100)] = ""


def read_card(path: Path) -> VoiceCard:
    """Return what a voice.yaml says. Raises ScriptError with every problem and its place."""
    root = load(path)
    try:
        return VoiceCard.model_validate(plain(root))
    except ValidationError as invalid:
        known = ", ".join(VoiceCard.model_fields)
        raise ScriptError(
            Problem(
                str(path),
                *_place(root, error["loc"]),
                "L091",
                _words(error["type"], error["loc"], error["msg"]),
                f"a voice has {known}; see docs/recordings.md",
            )
            for error in invalid.errors(include_url=False)
        ) from None


def write_card(path: Path, card: VoiceCard) -> None:
    """Write a voice.yaml where none is; one that is there is left as it is. Raises RecordingError.

    JSON's strings are YAML's, so nothing in them is taken for more than text.
    """
    lines = [
        f"{name}: {json.dumps(value, ensure_ascii=False)}\n"
        for name, value in card.model_dump().items()
        if value or name != "otherwise"
    ]
    with explained(f"{path} cannot be written", RecordingError, "choose another folder"):
        try:
            write_new(path, "".join(lines).encode())
        except FileExistsError:
            return


def _place(root: object, where: tuple[int | str, ...]) -> tuple[int, int]:
    if where and isinstance(root, Mapping) and where[0] in root.pairs:
        key = root.pairs[str(where[0])][0]
        return key.line, key.column
    return 1, 1


def _words(kind: str, where: tuple[int | str, ...], message: str) -> str:
    name = str(where[0]) if where else "the file"
    if kind == "missing":
        return f"`{name}` is missing"
    if kind == "extra_forbidden":
        return f"a voice has no `{name}`"
    return f"`{name}` cannot be used: {message[:1].lower()}{message[1:]}"
