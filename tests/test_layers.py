"""Imports point one way only, modules stay small, and heavy libraries wait until needed."""

from __future__ import annotations

import ast
import graphlib
import re
import statistics
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
    {"recordings"},
    {"voices", "soundscapes", "encode"},
    {"alignment"},
    {"safety"},
    {"render"},
    {"drawing", "catalogue", "starter"},
    {"importing"},
    {"bundle"},
    {"handout"},
    {"batch"},
    {"api"},
    {"player"},
    {"reading"},
    {"diagnostics", "studio"},
    {"cli"},
]
"""Packages in the order in which data goes through them (docs/architecture.md)."""

ENGINE = {
    "script", "timeline", "recordings", "voices", "audio", "soundscapes", "encode", "cache",
    "render",
}  # fmt: skip
PRODUCT = {
    "bundle", "drawing", "handout", "importing", "player", "reading", "studio", "batch", "cli",
}  # fmt: skip

RANK = {package: rank for rank, packages in enumerate(LAYERS) for package in packages}

MOST_FLAT = 8
MOST_LINES = 400
MEDIAN_LINES = 90


def imports(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def package_of(path):
    part = path.relative_to(ROOT).parts[0]
    return part.removesuffix(".py")


MODULES = [p for p in sorted(ROOT.rglob("*.py")) if "library" not in p.relative_to(ROOT).parts]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_down(path):
    package = package_of(path)
    if package in ("__init__", "__main__"):
        return
    for name in imports(path):
        parts = name.split(".")
        if parts[0] == "click":
            assert package == "cli", f"{path} imports click"
        if parts[0] != "serguide" or len(parts) < 2 or parts[1] == "__version__":
            continue
        other = parts[1]
        assert other == package or RANK[other] < RANK[package], f"{path} imports {name}"


FENCED = {
    "pydub": "voices/finish/segments.py",
    "gtts": "voices/google/",
    "filelock": "base/files/locks.py",
    "babel": "base/cldr.py",
    "jinja2": ("base/templates.py", "bundle/page/html.py"),
    "fastcrc": "encode/mp3/",
    "striprtf": "importing/readers/rich_text.py",
    "markdown_it": "importing/readers/markdown_text.py",
}
"""Libraries that only one place knows of."""


@pytest.mark.parametrize("library", FENCED)
def test_a_library_stays_behind_its_fence(library):
    found = {
        path.relative_to(ROOT).as_posix()
        for path in MODULES
        if any(name.split(".")[0] == library for name in imports(path))
    }
    assert found
    assert all(each.startswith(FENCED[library]) for each in found), found


def test_the_private_call_of_gtts_stands_in_one_module():
    found = [p.name for p in MODULES if "_prepare_requests" in p.read_text(encoding="utf-8")]
    assert found == ["gtts_protocol.py"]


@pytest.mark.parametrize(
    ("name", "where"),
    [
        ("serguide.audio.pieces.cut", {"render/track.py"}),
        ("serguide.encode.base.NoSplicePoint", {"render/track.py", "encode/mp3/splice.py"}),
    ],
)
def test_pieces_of_tracks_have_one_door(name, where):
    found = {p.relative_to(ROOT).as_posix() for p in MODULES if name in imports(p)}
    assert found == where


def test_every_package_has_its_place():
    packages = {package_of(path) for path in MODULES} - {"__init__", "__main__"}
    assert packages == set(RANK)


def test_the_engine_imports_nothing_of_the_product():
    assert not ENGINE & PRODUCT
    wrong = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in MODULES
        if package_of(path) in ENGINE
        for name in imports(path)
        if name.startswith("serguide.") and name.split(".")[1] in PRODUCT
    ]
    assert wrong == []


def name_of(path):
    parts = ("serguide", *path.relative_to(ROOT).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def needs(path, names):
    """Return the modules that a module imports when it is imported itself."""
    found = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                found.add(whole if whole in names else node.module)
    return found & names


def test_no_module_imports_itself_in_a_circle():
    names = {name_of(path) for path in MODULES}
    graph = {name_of(path): needs(path, names) for path in MODULES}
    assert sum(map(len, graph.values())) > len(graph), "imports are found"
    tuple(graphlib.TopologicalSorter(graph).static_order())  # raises CycleError, which names them


def test_modules_stay_small():
    lines = {
        str(p.relative_to(ROOT)): len(p.read_text(encoding="utf-8").splitlines()) for p in MODULES
    }
    assert {name: count for name, count in lines.items() if count > MOST_LINES} == {}
    assert statistics.median(lines.values()) <= MEDIAN_LINES


def test_few_modules_lie_flat():
    flat = {path.name for path in ROOT.glob("*.py")}
    assert len(flat) <= MOST_FLAT, flat


def test_the_map_shows_every_package_in_its_order():
    """docs/architecture.md lists the packages as LAYERS has them, top to bottom."""
    text = (ROOT.parent / "docs" / "architecture.md").read_text(encoding="utf-8")
    block = text.partition("<!-- packages -->\n```\n")[2].partition("```")[0]
    shown = [set(re.findall(r"(\w+)(?:/|\.py)", line[:34])) for line in block.splitlines()]
    assert [packages for packages in shown if packages] == LAYERS


@pytest.mark.parametrize(
    ("arguments", "unwanted"),
    [
        (["--version"], {"numpy", "yaml", "pydantic", "av", "rich", "filelock", "jinja2", "babel"}),
        (["--help"], {"numpy", "pydantic", "av", "pedalboard", "filelock", "jinja2", "babel"}),
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
                "filelock",
                "fastcrc",
                "jinja2",
                "babel",
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
