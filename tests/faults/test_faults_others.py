"""What belongs to others: files in a bundle's folder, the words of a client, a shell's folder."""

from __future__ import annotations

import os
import random
import stat
import sys
import time

import numpy as np
import pytest
import soundfile
from faultlab import left_over, portion, tree, write_script

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="forks")


@pytest.fixture
def place(tmp_path):
    write_script(tmp_path / "five-to-one.yaml", "say: Back.")
    write_script(tmp_path / "a.yaml", "say: Here.")
    return tmp_path


def render(launcher, place, *more, **strike):
    return launcher.run(["render", "a.yaml", "-o", "evening", *more], place, **strike)


def put_things(folder, seed):
    """Put files and folders of a user's into a bundle, change some of its own; return them."""
    rng = random.Random(seed)
    for number in range(rng.randint(1, 4)):
        where = folder / rng.choice(("", "tracks", "consent-forms", "a/b"))
        where.mkdir(parents=True, exist_ok=True)
        name = rng.choice(("notes.txt", "Ana Š.docx", ".hidden", "session.mp4", "x.tmp"))
        (where / f"{number}{name}").write_bytes(rng.randbytes(50))
    for name in rng.sample(("index.html", "transcript.txt", "cover.png", "session.mp3"), 2):
        with (folder / name).open("ab") as file:
            file.write(b"mine")
    return tree(folder)


def test_a_user_s_files_are_left_or_carried_over(launcher, place):
    for seed in range(portion(40, 4)):
        render(launcher, place).assert_clean(0)
        own = set(tree(place / "evening").values())
        mine = put_things(place / "evening", seed)
        refused = render(launcher, place)
        refused.assert_clean(2)
        assert "--keep-others" in refused.err
        assert refused.seconds < 5
        assert tree(place / "evening") == mine
        render(launcher, place, "--keep-others").assert_clean(0)
        after = tree(place / "evening")
        assert set(mine.values()) - own <= set(after.values()), "nothing of theirs is gone"
        assert left_over(place / "evening") == []
        for path in sorted((place / "evening").rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()


def test_a_user_s_files_outlive_a_kill_at_any_operation(launcher, place):
    render(launcher, place).assert_clean(0)
    mine = put_things(place / "evening", 3)
    own = {"index.html", "transcript.txt", "cover.png", "session.mp3"}
    theirs = {digest for name, digest in mine.items() if name not in own and name[0].isdigit()}
    count = render(launcher, place, "--keep-others").count
    for at in sorted(random.Random(7).sample(range(1, count + 1), portion(min(count, 30), 5))):
        run = render(launcher, place, "--keep-others", at=at, do="kill")
        assert run.code in (-9, 0)
        assert theirs <= set(tree(place / "evening").values())


@pytest.mark.parametrize("said", ["{}", '{"serguide": {}}', '{"serguide": {"format": 1}}', "["])
def test_a_folder_that_says_it_is_a_bundle(launcher, place, said):
    (place / "evening").mkdir()
    (place / "evening" / "session.json").write_text(said)
    (place / "evening" / "thesis.docx").write_text("years")
    render(launcher, place, "--keep-others").assert_clean(2)
    assert (place / "evening" / "thesis.docx").read_text() == "years"


def test_a_client_s_words_after_a_kill(launcher, place):
    """What is left is closed, and swept by a render of anything into the same parent folder."""
    script = write_script(place / "b.yaml", "say: Dear {name}.")
    script.write_text(script.read_text() + "values: {name: ''}\n")
    argv = ["render", "b.yaml", "-o", "ana", "--set", "name=Ana"]
    count = launcher.run(argv, place).count
    for at in random.Random(3).sample(range(count // 3, count), portion(20, 4)):
        launcher.run(argv, place, at=at, do="kill")
        for path in place.glob(".ana.*.tmp"):
            # Placed, and the old one not yet gone, is the only other moment.
            assert stat.S_IMODE(path.stat().st_mode) == 0o700
        for path in (place / "cache").rglob("*"):
            assert not path.stat().st_mode & 0o077, path
    render(launcher, place).assert_clean(0)
    assert left_over(place) == []
    marked = list((place / "cache" / "private").iterdir())
    assert marked
    for path in (place / "cache" / "objects").rglob("*"):
        os.utime(path, (time.time() - 15 * 24 * 3600,) * 2)
    render(launcher, place).assert_clean(0)
    kept = {path.name for path in (place / "cache" / "objects").rglob("*") if path.is_file()}
    assert kept
    assert not kept & {path.name for path in marked}


def test_a_shell_is_not_left_in_a_folder_that_is_gone(launcher, place):
    render(launcher, place).assert_clean(0)
    before = tree(place / "evening")
    run = launcher.run(["render", place / "a.yaml", "-o", "."], place / "evening")
    run.assert_clean(2)
    assert "you would be left" in run.err
    after = tree(place / "evening")
    assert {name: after[name] for name in before} == before


@pytest.mark.parametrize("kind", ["nan", "inf", "huge", "constant", "flac", "ogg"])
def test_files_that_hold_no_sound(launcher, place, kind):
    rng = np.random.Generator(np.random.PCG64(1))
    sound = rng.standard_normal((48_000 * 4, 2)) * 0.05
    path = place / f"{kind}.{kind if kind in ('flac', 'ogg') else 'wav'}"
    if kind == "constant":
        sound[:] = 1.0
    elif path.suffix == ".wav":
        sound[70_000:72_000] = {"nan": np.nan, "inf": np.inf, "huge": 1e30}[kind]
    subtype = "FLOAT" if path.suffix == ".wav" else None
    soundfile.write(path, sound, 48_000, subtype=subtype)
    data = bytearray(path.read_bytes())
    if kind == "flac":
        data[len(data) // 2 : len(data) // 2 + 400] = random.Random(2).randbytes(400)
    path.write_bytes(data[: len(data) // 2] if kind == "ogg" else data)
    run = render(launcher, place, "--soundscape", path)
    run.assert_clean(1)
    told = {"nan": "NaN", "inf": "NaN", "huge": "times as loud", "constant": "constant level",
            "flac": "damaged", "ogg": "cut off"}  # fmt: skip
    assert told[kind] in run.err
    assert path.name in run.err
    assert "Warning" not in run.err
    assert ".py" not in run.err
    assert not (place / "evening").exists()
