from __future__ import annotations

import sys
from pathlib import Path

import pytest

# tests/rendering.py is shared by several rooms' tests.
sys.path.insert(0, str(Path(__file__).parents[2]))

from rendering import bundle

from serguide.notices.model import Practice
from serguide.render.plan import RenderSettings

LIBRARY = {
    "scripts/lake": """\
title: Ptarmigan lake
kind: grounding
about: Quietly watching heronries beyond the causeway.
values: {name: ""}
cues:
  - say: "{name}, notice the causeway. [1s] Zwölf Kraniche fliegen."
  - say: Nothing has to happen.
""",
    "scripts/here": """\
title: Wickerwork
kind: grounding
cues:
  - say: Feel the wickerwork of the chair.
""",
    "scripts/sessions/ptarmigan": """\
title: The ptarmigan evening
about: For Yevgenia, after bodywork.
voice: tone
soundscape: none
ground: here
steps: [lake, here]
""",
}

PHRASE = "unicycle marmalade distant thimble orchard sepia"


@pytest.fixture(scope="session")
def private_bundle(tmp_path_factory):
    """Render a bundle whose every word is somebody's."""
    library = tmp_path_factory.mktemp("library")
    for name, text in LIBRARY.items():
        path = library / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    settings = RenderSettings(
        locale="CZ",
        supervised_by="Bartholomea Quimby",
        practice=Practice(name="Quimby Craniosacral"),
        single_file=True,
    )
    folder = tmp_path_factory.mktemp("bundles") / "ptarmigan"
    cache = tmp_path_factory.mktemp("cache")
    return bundle(
        "ptarmigan", folder, library=library, cache=cache, settings=settings,
        values={"name": "Yevgenia"},
    ).folder  # fmt: skip
