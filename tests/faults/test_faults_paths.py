"""Names and sizes that nobody thought of: outside the library, in any script, at any length."""

from __future__ import annotations

import json
import sys

import av
import pytest
from faultlab import left_over, portion, tree, write_script

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="forks")

NAMES = {
    "spaces": "a name with  spaces",
    "emoji": "🌊 wave 👩‍👩‍👧",
    "right-to-left": "שלום עולם",
    "combining": "e\u0301clair",
    "dash": "-rf",
    "quotes": 'it\'s "quoted" $(true) `true` ; & | * ? <b>',
    "reserved": "CON",
    "percent": "100%s%20",
    "override": "a\u202eb",
    "longest": "n" * 250,
    "longest emoji": "🌊" * 62,
}


@pytest.mark.parametrize("kind", NAMES)
def test_names_of_scripts_and_folders(launcher, tmp_path, kind):
    name = NAMES[kind]
    library = tmp_path / "a library"
    (library / "scripts").mkdir(parents=True)
    write_script(library / "scripts" / f"{name}.yaml", "say: Here we are.")
    write_script(library / "scripts" / "five-to-one.yaml", "say: Back.")
    for number, given in enumerate((f"./a library/scripts/{name}.yaml", name)):
        run = launcher.run(
            ["--library", library, "render", "-o", f"{number}/{name}", "--", given], tmp_path
        )
        run.assert_clean(0)
    bundles = [tree(tmp_path / str(number) / name) for number in range(2)]
    assert bundles[0] == bundles[1]
    track = json.loads((tmp_path / "0" / name / "session.json").read_text(encoding="utf-8"))
    path = track["serguide"]["tracks"][0]["audio"]
    assert len(path.encode()) < 120
    assert path.partition(".")[0].rpartition("-")[2].upper() not in ("NUL", "PRN", "AUX")
    assert left_over(tmp_path) == []


def test_a_target_that_is_too_long_for_the_disk(launcher, tmp_path):
    script = write_script(tmp_path / "a.yaml", "say: Here.")
    run = launcher.run(["render", script, "-o", "n" * 256], tmp_path)
    run.assert_clean(2)
    assert "too long for this disk" in run.err
    assert "space" not in run.err
    assert run.seconds < 5


@pytest.mark.parametrize(
    ("cue", "code"),
    [
        ("include: ../secret", "L024"),
        ("include: /etc/passwd", "L024"),
        ("include: 'C:\\\\secret'", "L024"),
        ("include: linked", "L0"),
        ("include: " + "n" * 300, "L024"),
        ("include: '..'", "L024"),
        ("sound: ../secret", "L024"),
    ],
)
def test_a_library_is_not_left(launcher, tmp_path, cue, code):
    library = tmp_path / "library"
    (library / "scripts").mkdir(parents=True)
    secret = write_script(tmp_path / "secret.yaml", "say: The secret words.")
    (library / "scripts" / "linked.yaml").symlink_to(secret)
    script = write_script(library / "scripts" / "a.yaml", cue)
    run = launcher.run(["--library", library, "render", script, "-o", "b"], tmp_path)
    run.assert_clean(3)
    assert code in run.err + run.out
    assert "secret words" not in run.err + run.out
    assert not (tmp_path / "b").exists()


@pytest.mark.parametrize("soundscape", ["../rain", "/etc/passwd", "linked", "a\\b"])
def test_a_soundscape_is_of_the_library(launcher, tmp_path, soundscape):
    library = tmp_path / "library"
    (library / "scripts").mkdir(parents=True)
    (library / "imagery" / "soundscapes").mkdir(parents=True)
    (tmp_path / "rain.wav").write_bytes(b"")
    (library / "imagery" / "soundscapes" / "linked.wav").symlink_to(tmp_path / "rain.wav")
    script = write_script(
        library / "scripts" / "a.yaml", "say: Here.", more=f"soundscape: {soundscape}\n"
    )
    run = launcher.run(["--library", library, "render", script, "-o", "b"], tmp_path)
    run.assert_clean(3)
    assert "L024" in run.err + run.out or "L025" in run.err + run.out


def test_links_in_a_circle(launcher, tmp_path):
    library = tmp_path / "library"
    (library / "scripts").mkdir(parents=True)
    (library / "scripts" / "round").symlink_to(library / "scripts")
    (library / "scripts" / "self.yaml").symlink_to(library / "scripts" / "self.yaml")
    write_script(library / "scripts" / "a.yaml", "say: Here.")
    run = launcher.run(["--library", library, "list", "--json"], tmp_path, limit=30)
    run.assert_clean(0)
    assert [item["name"] for item in json.loads(run.out)].count("a") == 1


def test_a_text_of_fifty_thousand_characters(launcher, tmp_path):
    text = "Notice the breath. " * 2632
    assert len(text) >= 50_000
    script = write_script(tmp_path / "long.yaml", f"say: {text}")
    run = launcher.run(["show", script, "--json"], tmp_path, limit=30)
    run.assert_clean(0)
    one = "breath" * 8334
    run = launcher.run(["check", write_script(tmp_path / "one.yaml", f"say: {one}")], tmp_path)
    assert run.code in (0, 3)
    run.assert_clean(run.code)


FIRST = "say: Sit or lie. Stop at any time.\n    beats: [orient, posture, permission]"
LAST = (
    "say: It is time to come back to the room, and to hear a sound close by.\n"
    "    beats: [return, sound]",
    "say: Your feet could press down, and the fingers might move.\n    beats: [movement, contact]",
    "say: You might look round, and find the door.\n    beats: [sight, outward]",
    "say: You are here, and it is now.\n    beats: [ground, close]",
)


def test_a_session_of_five_hundred_tracks(launcher, tmp_path):
    write_script(tmp_path / "first.yaml", FIRST)
    write_script(tmp_path / "step.yaml", "say: Number {n}.", "rest: 2s", more="values: {n: ''}\n")
    write_script(tmp_path / "last.yaml", *LAST, "pause: 60s")
    different = portion(498, 30)
    steps = [f"step: {{values: {{n: '{number % different}'}}}}" for number in range(498)]
    lines = "".join(f"  - {step}\n" for step in ("first", *steps, "last"))
    many = tmp_path / "many.yaml"
    many.write_text(f"title: Many\nlength: 40m\nsteps:\n{lines}", encoding="utf-8")
    run = launcher.run(["show", many], tmp_path, limit=60)
    run.assert_clean(0)
    assert len(run.out.splitlines()) > 500

    run = launcher.run(["render", many, "-o", "b", "--voice", "tone"], tmp_path, limit=300)
    run.assert_clean(0)
    about = json.loads((tmp_path / "b" / "session.json").read_text(encoding="utf-8"))["serguide"]
    tracks = about["tracks"]
    assert len(tracks) == len({track["audio"] for track in tracks}) == 500
    assert [track["start"] for track in tracks[1:]] == [track["end"] for track in tracks[:-1]]
    assert tracks[-1]["end"] == pytest.approx(40 * 60 * 48_000, rel=0.005)
    files = tree(tmp_path / "b")
    assert all(files[track["audio"]] == track["sha256"] for track in tracks)
    with av.open(str(tmp_path / "b" / about["audio"])) as opened:
        frames = sum(frame.samples for frame in opened.decode(audio=0))
    assert frames == tracks[-1]["end"]
    assert left_over(tmp_path) == []
