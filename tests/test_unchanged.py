"""What was rendered is not rendered again; and whatever could make another bundle is noticed."""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import soundfile

import serguide
from serguide import api
from serguide.api import RenderRequest
from serguide.base.errors import UsageError
from serguide.bundle import inputs
from serguide.cache import installed
from serguide.cache.private import FORGOTTEN_AFTER
from serguide.cache.store import Store
from serguide.notices.model import Practice

pytestmark = pytest.mark.slow

HEAD = "title: {title}\nkind: grounding\nvalues: {{name: ''}}\ncues:\n"
SOUNDS = "title: Hum\nabout: A hum.\nlayers:\n  - {{sound: drone, root: {root}}}\n"


FILES = {
    "lib/scripts/five-to-one.yaml": HEAD.format(title="Back") + "  - say: Back.\n",
    "lib/scripts/hello.yaml": (
        HEAD.format(title="Hello") + "  - say: 'Hello, {name}.'\n  - include: calm\n"
    ),
    "lib/scripts/calm.yaml": HEAD.format(title="Calm") + "  - say: Some calm.\n",
    "lib/imagery/soundscapes/hum.yaml": SOUNDS.format(root=110),
    "lib/imagery/art/hello.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "lib/scripts/sessions/one.yaml": "title: One\nsoundscape: hum\nsteps: [hello]\n",
}


def write_in(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def library_in(folder: Path) -> None:
    for name in ("lib", "first"):
        shutil.rmtree(folder / name, ignore_errors=True)
        (folder / name).mkdir()
    for name, text in FILES.items():
        write_in(folder, name, text)


def request_in(folder: Path) -> RenderRequest:
    return RenderRequest("one", folder / "out", (folder / "first", folder / "lib"), voice="tone")


@pytest.fixture
def request_(tmp_path) -> RenderRequest:
    library_in(tmp_path)
    return request_in(tmp_path)


@pytest.fixture
def store(tmp_path) -> Store:
    return Store(tmp_path / "cache")


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    """One render for all tests that ask what is noticed after it."""
    folder = tmp_path_factory.mktemp("home")
    library_in(folder)
    return folder


@pytest.fixture
def kept(home) -> Store:
    return Store(home / "cache")


@pytest.fixture
def rendered(home, kept, monkeypatch) -> RenderRequest:
    for name in [name for name in os.environ if name.startswith("SERGUIDE_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("SERGUIDE_LISTS_ONLY", "1")
    library_in(home)
    request = request_in(home)
    if not (home / "pristine").exists():
        api.render(request, store=kept)
        shutil.copytree(request.folder, home / "pristine")
    shutil.rmtree(request.folder)
    shutil.copytree(home / "pristine", request.folder)
    assert api.unchanged(request, store=kept)
    return request


def state(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def same_stamp(path: Path, content: bytes) -> None:
    """Replace a content by another of its length, and set the time of change back."""
    before = path.stat()
    assert len(content) == before.st_size
    path.write_bytes(content)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_a_bundle_that_stands_is_known_with_what_is_told_of_it(request_, store):
    assert api.unchanged(request_, store=store) is None
    done = api.render(request_, store=store)
    before = state(request_.folder)
    found = api.unchanged(request_, store=store)
    assert found is not None
    assert state(request_.folder) == before
    assert found.loudness == done.contents.loudness
    assert found.manifest == json.loads(before["session.json"][0])
    assert api.render(request_, store=store).contents == done.contents


def test_what_is_made_again_has_the_same_bytes(rendered, kept):
    before = {name: content for name, (content, _) in state(rendered.folder).items()}
    api.render(rendered, store=kept)
    assert {name: content for name, (content, _) in state(rendered.folder).items()} == before


def test_a_copy_elsewhere_is_known_too(rendered, kept, home):
    shutil.copytree(rendered.folder, home / "copy")
    assert api.unchanged(dataclasses.replace(rendered, target=home / "copy"), store=kept)
    assert not api.unchanged(dataclasses.replace(rendered, target=home / "no"), store=kept)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("lib/scripts/hello.yaml", HEAD.format(title="Hello") + "  - say: 'Hallo, {name}.'\n"),
        ("lib/scripts/calm.yaml", HEAD.format(title="Calm") + "  - say: More calm.\n"),
        ("lib/scripts/five-to-one.yaml", HEAD.format(title="Back") + "  - say: Here.\n"),
        ("lib/scripts/sessions/one.yaml", "title: 1\nsoundscape: hum\nsteps: [hello]\n"),
        ("lib/imagery/soundscapes/hum.yaml", SOUNDS.format(root=98)),
        ("lib/imagery/art/hello.svg", "<svg xmlns='http://www.w3.org/2000/svg'><g/></svg>"),
        ("lib/pronounce.yaml", "Hello: /həˈləʊ/\n"),
        # Shadows, in the library that comes first and in the folder of the art that had none.
        ("first/scripts/calm.yaml", HEAD.format(title="Calm") + "  - say: My calm.\n"),
        ("first/scripts/one.yaml", "title: Mine\nsteps: [hello]\n"),
        ("first/imagery/soundscapes/hum.yaml", SOUNDS.format(root=131)),
        ("lib/imagery/art/one.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>"),
    ],
)
def test_a_file_that_a_name_can_mean_is_noticed(rendered, kept, name, text, home):
    write_in(home, name, text)
    assert api.unchanged(rendered, store=kept) is None


def test_a_change_that_keeps_length_and_time_is_noticed(rendered, home, kept):
    path = home / "lib/scripts/calm.yaml"
    same_stamp(path, path.read_bytes().replace(b"Some", b"Sane"))
    assert api.unchanged(rendered, store=kept) is None


def test_what_was_only_touched_is_no_change(rendered, home, kept):
    os.utime(home / "lib/scripts/calm.yaml")
    assert api.unchanged(rendered, store=kept)


@pytest.mark.parametrize(
    "change",
    [
        {"values": {"name": "Ana"}},
        {"voice": "espeak"},
        {"soundscape": "none"},
        {"format_name": "wav"},
        {"locale": "AT"},
        {"supervised_by": "Eva"},
        {"single_file": True},
        {"practice": Practice("By the River", logo="data:image/png;base64,")},
        {"length": 20},
        {"what": "hello"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_another_request_is_another(rendered, kept, change):
    assert api.unchanged(dataclasses.replace(rendered, **change), store=kept) is None


def test_every_field_of_a_request_counts_but_those_that_shape_nothing():
    names = {field.name for field in dataclasses.fields(RenderRequest)}
    assert set(inputs._WITHOUT) < names
    assert set(inputs._WITHOUT) - {"what", "libraries", "values"} == {
        "target", "jobs", "keep_others",
    }  # fmt: skip


def test_another_day_is_another(rendered, kept, monkeypatch):
    class Tomorrow(date):
        @classmethod
        def today(cls):
            return date.fromordinal(date.today().toordinal() + 1)

    monkeypatch.setattr(inputs, "date", Tomorrow)
    assert api.unchanged(rendered, store=kept) is None


def test_another_package_or_module_is_another(rendered, kept, home, monkeypatch):
    (home / "site").mkdir()
    monkeypatch.syspath_prepend(home / "site")
    assert api.unchanged(rendered, store=kept)
    (home / "site" / "voices_of_others-1.0.dist-info").mkdir()
    assert api.unchanged(rendered, store=kept) is None
    (home / "program").mkdir()
    monkeypatch.setattr(installed, "_PACKAGE", home / "program")
    before = installed.installed_fingerprint()
    (home / "program" / "words.json").write_text("{}", encoding="utf-8")
    assert installed.installed_fingerprint() != before


def test_a_file_of_the_program_is_noticed_though_its_time_was_put_back(tmp_path, monkeypatch):
    monkeypatch.setattr(installed, "_PACKAGE", tmp_path)
    file = tmp_path / "contacts.json"
    file.write_text("142")
    before, status = installed.installed_fingerprint(), file.stat()
    file.write_text("999")
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert installed.installed_fingerprint() != before


def test_a_voice_that_somebody_is_writing_is_noticed(tmp_path, monkeypatch):
    told = tmp_path / "voice_of_mine-1.0.dist-info" / "entry_points.txt"
    told.parent.mkdir()
    told.write_text("[serguide.voices]\nmine = voice_of_mine:Mine\n")
    (tmp_path / "voice_of_mine.py").write_text("one = 1\n")
    monkeypatch.syspath_prepend(tmp_path)
    before = installed.installed_fingerprint()
    assert installed.installed_fingerprint() == before
    (tmp_path / "voice_of_mine.py").write_text("two = 2\n")
    assert installed.installed_fingerprint() != before


def test_a_variable_of_ours_is_noticed(rendered, kept, monkeypatch):
    monkeypatch.setenv("SERGUIDE_GTTS_URL", "https://example.org")
    assert api.unchanged(rendered, store=kept) is None


@pytest.mark.parametrize("name", ["transcript.txt", "session.mp3", "tracks/01-hello.mp3"])
def test_a_file_that_is_gone_from_the_bundle_is_made_again(rendered, kept, name):
    before = (rendered.folder / name).read_bytes()
    (rendered.folder / name).unlink()
    assert api.unchanged(rendered, store=kept) is None
    api.render(rendered, store=kept)
    assert (rendered.folder / name).read_bytes() == before


def test_a_file_that_was_changed_in_the_bundle_is_refused_as_ever(rendered, kept):
    path = rendered.folder / "session.mp3"
    same_stamp(path, bytes(reversed(path.read_bytes())))
    with pytest.raises(UsageError, match=r"session\.mp3"):
        api.unchanged(rendered, store=kept)
    assert api.unchanged(dataclasses.replace(rendered, keep_others=True), store=kept) is None


def test_a_file_that_was_put_beside_is_carried_over_as_ever(rendered, kept):
    (rendered.folder / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match=r"notes\.txt"):
        api.unchanged(rendered, store=kept)
    keeping = dataclasses.replace(rendered, keep_others=True)
    assert api.unchanged(keeping, store=kept) is None
    assert api.render(keeping, store=kept).kept == ("notes.txt",)


def test_a_manifest_of_another_render_is_noticed(rendered, kept, home):
    other = dataclasses.replace(rendered, what="hello", target=home / "other")
    api.render(other, store=kept)
    assert api.unchanged(dataclasses.replace(other, what="one"), store=kept) is None


def test_a_sound_file_of_ones_own_is_noticed_wherever_it_lies(request_, store, tmp_path):
    path = tmp_path / "sea.wav"
    waves = np.random.default_rng(1).normal(0, 0.1, (12 * 48_000, 2))  # more than is hashed
    soundfile.write(path, waves, 48_000)
    request_ = dataclasses.replace(request_, soundscape=str(path))
    api.render(request_, store=store)
    assert path.stat().st_size > inputs._READ
    assert api.unchanged(request_, store=store)
    content = path.read_bytes()
    same_stamp(path, content[:-4000] + bytes(4000))
    assert api.unchanged(request_, store=store) is None
    # A session cannot name one; else it would have to be looked for there.
    write_in(
        tmp_path, "lib/scripts/sessions/one.yaml", f"title: 1\nsoundscape: {path}\nsteps: []\n"
    )
    problems = api.prepare(dataclasses.replace(request_, soundscape=None)).problems
    assert "only names are looked up" in problems[0].message


def test_what_changes_while_it_renders_is_not_remembered(request_, tmp_path, store):
    path = tmp_path / "lib/scripts/calm.yaml"
    text = path.read_text(encoding="utf-8")

    def meddle(_progress: object) -> None:
        path.write_text(text.replace("Some", "Much"), encoding="utf-8")

    api.render(request_, store=store, report=meddle)
    path.write_text(text, encoding="utf-8")
    assert api.unchanged(request_, store=store) is None


def test_clearing_forgets_it_and_a_clients_goes_with_the_clients(request_, store):
    named = dataclasses.replace(request_, values={"name": "Zuzana"})
    api.render(request_, store=store)
    store.clear_private()
    assert api.unchanged(request_, store=store)
    store.clear()
    assert api.unchanged(request_, store=store) is None

    api.render(named, store=store)
    assert api.unchanged(named, store=store)
    store.clear_private()
    assert api.unchanged(named, store=store) is None

    api.render(named, store=store)
    for path in (store.root / "objects").rglob("*"):
        if path.is_file():
            os.utime(path, (path.stat().st_mtime - FORGOTTEN_AFTER - 60,) * 2)
    assert api.unchanged(named, store=Store(store.root)) is None


def test_no_value_stands_in_the_cache(request_, store):
    named = dataclasses.replace(request_, values={"name": "Zuzana"}, supervised_by="Ottokar")
    api.render(named, store=store)
    entry = store.get(inputs.inputs_key(named, api._libraries(named.libraries)))
    assert entry is not None
    assert set(json.loads(entry)) == {"manifest", "loudness", "warnings"}
    for word in (b"Zuzana", b"Ottokar", b"Hello"):
        assert word not in entry


def test_a_damaged_memory_is_none(rendered, kept):
    key = inputs.inputs_key(rendered, api._libraries(rendered.libraries))
    path = kept._path(key)
    whole = path.read_bytes()
    path.write_bytes(whole[:-3])
    assert api.unchanged(rendered, store=kept) is None
    assert not path.exists()  # it was set aside
    path.write_bytes(whole)


def test_the_command_says_so_and_tells_the_same(request_, tmp_path):
    assert not request_.folder.exists()
    command = [
        sys.executable, "-m", "serguide", "render", "one", "--library", str(tmp_path / "lib"),
        "--voice", "tone", "-o", str(tmp_path / "out"), "--single-file", "--json",
    ]  # fmt: skip
    first, second = (
        subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
        for _ in range(2)
    )
    assert second.stdout == first.stdout
    assert "Nothing has changed" not in first.stderr
    assert "Nothing has changed" in second.stderr
    assert "numbers to call are guessed" in second.stderr
    assert "One page with everything inside" in second.stderr


def test_nothing_heavy_is_loaded_for_it(rendered, home):
    code = (
        "import sys\nfrom pathlib import Path\nfrom serguide import api\n"
        "from serguide.cache.store import Store\n"
        f"libraries = (Path({str(home / 'first')!r}), Path({str(home / 'lib')!r}))\n"
        f"target = Path({str(rendered.folder)!r})\n"
        "request = api.RenderRequest('one', target, libraries, voice='tone')\n"
        f"assert api.unchanged(request, store=Store(Path({str(home / 'cache')!r})))\n"
        "print(*sys.modules)\n"
    )
    # The same packages must be found as here: they are among what is looked at.
    place = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=place
    )
    heavy = {"numpy", "pydantic", "yaml", "jinja2", "babel", "filelock", "mutagen", "av", "lameenc"}
    assert heavy.isdisjoint(done.stdout.split())


WATCHED = """
import os, sys
seen = set()
def hook(event, arguments):
    if event == "open" and isinstance(arguments[0], str | bytes):
        flags = arguments[2] or 0
        if not flags & (os.O_WRONLY | os.O_CREAT):
            seen.add(os.path.abspath(os.fsdecode(arguments[0])))
sys.addaudithook(hook)
from pathlib import Path
from serguide import api
request = api.RenderRequest("one", Path(sys.argv[1]), (Path(sys.argv[2]),), voice="espeak")
api.render(request)
print("\\n".join(sorted(seen)))
"""


def test_every_file_that_a_render_reads_is_among_what_is_looked_at(request_, tmp_path, monkeypatch):
    """Opened files, as Python itself tells of them: a new kind of input cannot be forgotten."""
    library = request_.libraries[1]
    monkeypatch.setenv("SERGUIDE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("SERGUIDE_CONFIG", str(tmp_path / "none.yaml"))
    said = subprocess.run(
        [sys.executable, "-c", WATCHED, tmp_path / "out", library],
        capture_output=True, text=True, check=True,
    ).stdout.splitlines()  # fmt: skip
    libraries = api._libraries([library])
    looked_at = {Path(row[2]).resolve() for row in inputs._files(libraries) if row[0] != "library"}
    assert (library / "scripts/calm.yaml").resolve() in looked_at
    # The program, Python and the packages are looked at as a whole; the rest is of the system,
    # or of the render's own making.
    known = [tmp_path / "cache", tmp_path / "out", Path(serguide.__file__).parent]
    known.append(Path(os.environ["SERGUIDE_DATA"], "voices"))  # looked at as a whole, too
    known += [Path(place) for place in (sys.base_prefix, sys.prefix, *sys.path) if place]
    system = ("/dev/", "/proc/", "/sys/", "/etc/", "/usr/share/zoneinfo/")
    strange = [
        name
        for name in said
        if name != str(tmp_path)  # opened to be synced
        and not name.startswith((*system, f"{tmp_path}/.out."))
        and Path(name).resolve() not in looked_at
        and not any(Path(name).resolve().is_relative_to(place.resolve()) for place in known)
    ]
    assert not strange
    assert str(library / "scripts/calm.yaml") in said
    assert str(library / "imagery/soundscapes/hum.yaml") in said
