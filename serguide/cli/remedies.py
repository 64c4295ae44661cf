"""The command line's word for each remedy: the one table of flags for what the library advises."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Final

from serguide.base.errors import Problem, ScriptError, SerguideError
from serguide.base.hints import Remedy, RemedyKind, remedies_of

WORDS: Final[Mapping[RemedyKind, tuple[str, str]]] = {
    "voice": ("--voice {}", "VOICE"),
    "allow_cloud": ("--allow-cloud", ""),
    "value": ("--set {}=…", "name"),
    "length": ("--length {}", "20m"),
    "nearest": ("--nearest", ""),
    "format": ("--format {}", "FORMAT"),
    "bitrate": ("--bitrate {}", "64k"),
    "size": ("--size {}", "15MB"),
    "target": ("-o {}", "DIR"),
    "keep_others": ("--keep-others", ""),
    "locale": ("--locale {}", "de-AT"),
    "supervised_by": ("--supervised-by {}", "NAME"),
    "force": ("--force", ""),
    "script_name": ("--name {}", "NAME"),
    "split": ("--split", ""),
    "light": ("--light", ""),
    "names": ("serguide list", ""),
    "voices": ("serguide voices", ""),
    "get_voice": ("serguide voices --get {}", "NAME"),
    "remove_voice": ("serguide voices --remove {}", "NAME"),
    "weights_folder": ("--from {}", "DIR"),
    "record": ("serguide record {}", "SCRIPT --voice NAME"),
    "soundscapes": ("serguide soundscapes", ""),
    "problems": ("serguide check", ""),
    "codes": ("serguide check --explain {}", "all"),
    "schema": ("serguide schema", ""),
    "doctor": ("serguide doctor", ""),
    "new_library": ("serguide new {}", "DIR"),
    "clear_cache": ("serguide cache clear", ""),
}
"""By remedy: what to type, with a place for its value, and what stands there when it has none."""


def advised(hint: str) -> str:
    """Return a hint, with what to type for its remedies behind it."""
    typed = ", ".join(f"`{_typed(remedy)}`" for remedy in remedies_of(hint))
    if not typed:
        return str(hint)
    text, stop = (hint[:-1], ".") if hint.endswith(".") else (str(hint), "")
    return f"{text} ({typed}){stop}"


def shown(error: SerguideError) -> str:
    """Return what a person is told of an error: what happened, and the next step below it."""
    if isinstance(error, ScriptError):
        return "\n".join(told(problem) for problem in error.problems)
    return f"{error.message}\n    {advised(error.hint)}" if error.hint else error.message


def told(problem: Problem) -> str:
    """Return a problem as it is printed: its place, what it is, and the next step below it."""
    return str(dataclasses.replace(problem, hint=advised(problem.hint)))


def _typed(remedy: Remedy) -> str:
    words, otherwise = WORDS[remedy.kind]
    return words.format(remedy.value or otherwise)
