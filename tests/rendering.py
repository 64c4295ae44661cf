"""Render for tests: straight through the command line's own calls, into a folder of the test's."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from serguide.base.tasks.progress import ProgressReporter, Report, silent
from serguide.bundle.publish import publish
from serguide.cache.store import Store, default_root
from serguide.render.plan import RenderSettings, plan
from serguide.script.library import Libraries, open_libraries
from serguide.script.program import SessionProgram
from serguide.script.resolve import Overrides, resolve
from serguide.voices.speakable_names import KNOWN


@dataclass(frozen=True)
class Bundle:
    folder: Path

    @property
    def manifest(self) -> dict[str, Any]:
        return json.loads((self.folder / "session.json").read_text(encoding="utf-8"))

    @property
    def session(self) -> Path:
        return self.folder / self.manifest["serguide"]["audio"]

    @property
    def events(self) -> list[dict[str, Any]]:
        return self.manifest["serguide"]["events"]

    @property
    def tracks(self) -> list[dict[str, Any]]:
        return self.manifest["serguide"]["tracks"]

    @property
    def frames(self) -> int:
        return self.tracks[-1]["end"]


def bundle(
    name: str | Path,
    folder: Path,
    *,
    library: Path | None = None,
    cache: Path | None = None,
    settings: RenderSettings | None = None,
    report: Report = silent,
    **overrides: Any,
) -> Bundle:
    libraries = open_libraries([library] if library else [])
    path = libraries.locate(str(name))
    own = path.with_name("five-to-one.yaml")
    if isinstance(name, Path) and not own.exists():
        # A real ground track takes five minutes to encode; what these tests ask takes a second.
        own.write_text(script("say: Back."), encoding="utf-8")
    program = resolve(path, libraries, KNOWN, Overrides(**overrides))
    store = Store(cache or default_root())
    return bundled(program, folder, libraries.with_home_of(path), store, settings, report)


def bundled(
    program: SessionProgram,
    folder: Path,
    libraries: Libraries,
    store: Store,
    settings: RenderSettings | None = None,
    report: Report = silent,
) -> Bundle:
    """Render a resolved program, whatever the check would say of it."""
    settings, progress = settings or RenderSettings(), ProgressReporter(report)
    planned = plan(program, libraries, store, settings, progress)
    publish(planned, folder, libraries.art, store, settings, progress)
    return Bundle(folder)


def script(cues: str, head: str = "") -> str:
    """A script's YAML; cues: one a line, without dashes."""
    listed = "".join(f"  - {cue.strip()}\n" for cue in cues.strip().splitlines())
    return f"title: t\nkind: grounding\n{head}cues:\n{listed}"
