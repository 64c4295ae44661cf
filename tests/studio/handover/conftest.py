"""A small session for somebody, and the studio's application around it."""

from __future__ import annotations

import pytest
from handing import SCRIPTS, Counter

from serguide import api
from serguide.cache.store import Store
from serguide.studio.handover import handover_making
from serguide.studio.studio import Studio


@pytest.fixture
def library(tmp_path):
    for name, text in SCRIPTS.items():
        path = tmp_path / "desk" / "scripts" / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.lstrip(), encoding="utf-8")
    return tmp_path / "desk"


@pytest.fixture(scope="session")
def store_folder(tmp_path_factory):
    return tmp_path_factory.mktemp("handover-cache")


@pytest.fixture(autouse=True)
def _renders_here(request, monkeypatch):
    """Render in this process, which has all loaded by now; test_render_apart.py is of the other."""
    if request.path.stem not in ("test_render_apart", "test_handover_page"):
        monkeypatch.setattr(
            handover_making,
            "render_apart",
            lambda asked, store, report, cancel: api.render(
                asked, store=store, report=report, cancel=cancel
            ),
        )


@pytest.fixture
def new_studio(tmp_path, library, store_folder):
    made = []

    def new(**options):
        options.setdefault("store", Store(store_folder))
        studio = Studio(library, state=tmp_path / "state", **options)
        made.append(studio)
        return studio

    yield new
    for each in made:
        each.close()


@pytest.fixture
def counter(new_studio):
    return Counter(new_studio())


@pytest.fixture
def zoe(counter):
    """A session that was handed over to Zoë in every way."""
    words = counter.post("/api/handovers/passphrases")["passphrase"]
    ways = {
        "page": True,
        "passphrase": words,
        "sound": True,
        "kind": "m4b",
        "handout": True,
        "website": True,
        "address": "https://ana.example",
    }
    fresh = counter.post("/api/handovers", {"name": "a-rainy-evening", "ways": ways})
    done = counter.made(fresh["id"])
    assert done["state"] == "done", done
    return done
