"""Imports point one way only, and heavy libraries wait until they are needed."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import serguide

ROOT = Path(serguide.__file__).parent

LAYERS = [
    {"base"},
    {"script"},
    {"timeline", "notices"},
    {"cache"},
    {"audio"},
    {"voices", "soundscapes", "encode"},
    {"safety"},
    {"render"},
    {"drawing", "catalogue", "starter"},
    {"bundle"},
    {"api"},
    {"player"},
    {"diagnostics"},
    {"cli"},
]
"""Rooms in the order in which data walks through them (docs/architecture.md)."""

ENGINE = {"script", "timeline", "voices", "audio", "soundscapes", "encode", "cache", "render"}
PRODUCT = {"bundle", "drawing", "player", "studio", "batch", "cli"}

RANK = {room: rank for rank, rooms in enumerate(LAYERS) for room in rooms}


def imports(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def room_of(path):
    part = path.relative_to(ROOT).parts[0]
    return part.removesuffix(".py")


MODULES = [p for p in sorted(ROOT.rglob("*.py")) if "library" not in p.relative_to(ROOT).parts]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_down(path):
    room = room_of(path)
    if room in ("__init__", "__main__"):
        return
    for name in imports(path):
        parts = name.split(".")
        if parts[0] == "click":
            assert room == "cli", f"{path} imports click"
        if parts[0] != "serguide" or len(parts) < 2 or parts[1] == "__version__":
            continue
        other = parts[1]
        assert other == room or RANK[other] < RANK[room], f"{path} imports {name}"


def test_every_room_has_its_place():
    rooms = {room_of(path) for path in MODULES} - {"__init__", "__main__"}
    assert rooms - set(RANK) == set()


def test_no_module_is_a_warehouse():
    long = {
        str(p.relative_to(ROOT)): n
        for p in MODULES
        if (n := len(p.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert long == {}


@pytest.mark.parametrize(
    ("arguments", "unwanted"),
    [
        (["--version"], {"numpy", "yaml", "pydantic", "av", "rich"}),
        (["--help"], {"numpy", "pydantic", "av", "pedalboard"}),
        (
            ["list"],
            {
                "av",
                "pedalboard",
                "lameenc",
                "gtts",
                "requests",
                "miniaudio",
                "soundfile",
                "textual",
            },
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_commands_load_only_what_they_need(arguments, unwanted):
    code = (
        "import sys\nfrom serguide.cli import main\n"
        f"sys.argv = ['serguide', *{arguments!r}]\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code, end.code\n"
        "print('LOADED', *sorted(sys.modules), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stderr.rpartition("LOADED")[2].split())
    assert loaded & unwanted == set()
