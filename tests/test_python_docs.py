"""docs/python.md: its examples run, in order, and what it tells of is what there is."""

from __future__ import annotations

import dataclasses
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

import serguide
from serguide import RenderRequest, SerguideError, api
from serguide.base.tasks.progress import Stage

ROOT = Path(serguide.__file__).parent.parent
TEXT = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```python\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def names(tmp_path_factory):
    """Run the page's examples in a folder of their own; return what they left, and the folder."""
    folder = tmp_path_factory.mktemp("python-page")
    space: dict[str, object] = {"__name__": "python_page"}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("SERGUIDE_CACHE", str(folder / "cache"))
        for number, block in enumerate(BLOCKS):
            exec(compile(block, f"docs/python.md, example {number + 1}", "exec"), space)
    return space, folder


@pytest.mark.slow
def test_the_examples_run(names):
    space, folder = names
    assert len(BLOCKS) >= 9
    assert space["entry"].title == "At the window"
    assert space["checked"].files == 1
    manifest = json.loads((folder / "for-ana" / "session.json").read_text(encoding="utf-8"))
    assert manifest["name"] == "At the window"
    assert {path.name for path in folder.iterdir()} == {
        "cache", "evening.md", "for-ana", "my-library", "shared-store", "for-you.html", "unsealed",
        "for-the-web", "for-the-web-address.svg", "clients.csv", "clients",
    }  # fmt: skip


@pytest.mark.slow
def test_what_is_mixed_is_what_is_rendered(names):
    space, _ = names
    assert space["seconds"] == pytest.approx(space["rendered"].contents.timeline.frames / 48_000)
    assert space["seconds"] == pytest.approx(20, abs=0.1), "fitted to the length that was asked for"


def cells(heading):
    section = TEXT.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("| `")]
    return {name for line in lines for name in re.findall(r"`(\w+)`", line.split("|")[1])}


def test_every_field_stage_and_error_is_told():
    assert cells("A request") == {field.name for field in dataclasses.fields(RenderRequest)}
    assert cells("Rendering") == set(get_args(Stage))
    errors = {
        name
        for name in serguide.__all__
        if isinstance(value := getattr(serguide, name), type) and issubclass(value, SerguideError)
    }
    assert cells("What can go wrong") == errors - {"SerguideError"}


def test_every_function_of_the_api_is_told():
    functions = {name for name in api.__all__ if not isinstance(getattr(api, name), type)}
    assert {name for name in functions if f"`{name}`" not in TEXT} == set()


def test_what_is_exported_is_there_and_lazy():
    assert set(serguide.__all__) <= set(dir(serguide))
    for name in serguide.__all__:
        assert getattr(serguide, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        serguide.nothing  # noqa: B018
    code = "import sys, serguide; print(*(m for m in sys.modules if m.startswith('serguide')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["serguide"]


def test_types_are_shipped():
    assert (Path(serguide.__file__).parent / "py.typed").exists()
