"""A bundle whose every word is somebody's."""

from __future__ import annotations

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


def render_private(base):
    """Render it below an empty folder; return the bundle's own."""
    library = base / "library"
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
    return bundle(
        "ptarmigan", base / "ptarmigan", library=library, cache=base / "cache", settings=settings,
        values={"name": "Yevgenia"},
    ).folder  # fmt: skip
