"""Read the user's config file: defaults for options, below flags and SERGUIDE_… variables."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from serguide.base.errors import Problem, ScriptError

OPTIONS = ("library", "voice", "format", "soundscape", "length", "jobs", "locale", "practice")
"""What the file may set; the names of the options."""


def config_path() -> Path:
    """Return where the file is looked for: SERGUIDE_CONFIG, or the user's config folder."""
    if path := os.environ.get("SERGUIDE_CONFIG"):
        return Path(path)
    import platformdirs

    return Path(platformdirs.user_config_dir("serguide", appauthor=False)) / "config.yaml"


def defaults() -> dict[str, Any]:
    """Return the options that the file sets, by parameter name; empty without a file.

    Raises ScriptError with every problem of the file.
    """
    path = config_path()
    if not path.is_file():
        return {}
    from serguide.base.nearest import did_you_mean
    from serguide.script.nodes import Mapping, Scalar, Sequence, load

    root = load(path)
    if not isinstance(root, Mapping):
        raise ScriptError([Problem(str(path), 1, 1, "L010", "has no keys", "write `voice: …`")])
    found: dict[str, Any] = {}
    problems = []
    for key, (key_node, value) in root.pairs.items():
        if key not in OPTIONS:
            hint = did_you_mean(key, OPTIONS, otherwise="possible here: " + ", ".join(OPTIONS))
            problems.append(
                Problem(
                    str(path), key_node.line, key_node.column, "L011",
                    f"`{key}` is not an option", hint,
                )
            )  # fmt: skip
        elif key == "practice":
            from serguide.notices.practice import practice_in

            try:
                found[key] = practice_in(value, path)
            except ScriptError as error:
                problems += error.problems
        elif key == "library":
            items = value.items if isinstance(value, Sequence) else [value]
            folders = [item.value for item in items if isinstance(item, Scalar)]
            found["libraries"] = [
                str(path.parent / Path(folder).expanduser()) for folder in folders
            ]
        elif isinstance(value, Scalar):
            found["format_name" if key == "format" else key] = value.value
        else:
            problems.append(
                Problem(
                    str(path), value.line, value.column, "L010",
                    f"`{key}` should be one word or number", "write it behind the colon",
                )
            )  # fmt: skip
    if problems:
        raise ScriptError(problems)
    return found
