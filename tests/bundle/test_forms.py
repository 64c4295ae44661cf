"""What is made of a bundle to be sent: rendered for real, small, and read by other tools."""

from __future__ import annotations

import base64
import dataclasses
import json
import re
import subprocess
import zipfile
from pathlib import Path

import av
import numpy as np
import pytest
from mutagen.mp4 import MP4
from needed import program
from rendering import Bundle, bundle, script
from sound_signals import decode

from serguide.base.errors import UsageError
from serguide.base.hints import remedies_of
from serguide.bundle.inventory import Inventory, inventory
from serguide.encode.base import Rate
from serguide.notices.model import Practice
from serguide.render.plan import RenderSettings

pytestmark = pytest.mark.slow

SETTINGS = RenderSettings(
    single_file=True, zipped=True, audiobook=True, practice=Practice("Praxis Nový", "", "")
)
SHORT = """
say: If you like, close your eyes. And a second, longer sentence, to be heard.
chapter: In the middle
rest: 45s
say: Here it ends.
"""


@pytest.fixture(scope="module")
def places(tmp_path_factory):
    """A script with a soundscape, and a cache."""
    root = tmp_path_factory.mktemp("forms")
    path = root / "scripts" / "short.yaml"
    path.parent.mkdir()
    path.write_text(script(SHORT, "soundscape: rain-on-the-roof\n"), encoding="utf-8")
    return path, root / "cache"


@pytest.fixture(scope="module")
def made(places, tmp_path_factory):
    """Everything at once."""
    return rendered(places, tmp_path_factory.mktemp("out") / "short", SETTINGS)


def rendered(places, folder: Path, settings: RenderSettings) -> Bundle:
    path, cache = places
    return bundle(path, folder, voice="tone", cache=cache, settings=settings)


def in_page(page: Path) -> list[tuple[str, bytes]]:
    text = page.read_text(encoding="utf-8")
    found = re.findall(r'<audio [^>]*src="data:([^;]+);base64,([^"]*)"', text)
    return [(kind, base64.b64decode(content)) for kind, content in found]


def test_what_is_not_asked_for_is_not_there_and_changes_nothing(places, made, tmp_path):
    plain = rendered(places, tmp_path / "plain", dataclasses.replace(SETTINGS, single_file=False,
                     zipped=False, audiobook=False))  # fmt: skip
    names = {path.relative_to(plain.folder) for path in plain.folder.rglob("*") if path.is_file()}
    more = {path.relative_to(made.folder) for path in made.folder.rglob("*") if path.is_file()}
    assert {str(name) for name in more - names} == {"short.html", "short.zip", "short.m4b"}
    for name in names - {Path("session.json")}:
        assert (plain.folder / name).read_bytes() == (made.folder / name).read_bytes(), name
    assert plain.manifest["id"] == made.manifest["id"]
    assert inventory(made.folder) == Inventory()


def test_the_same_input_gives_the_same_bytes(places, made, tmp_path):
    again = rendered((places[0], tmp_path / "cold"), tmp_path / "short", SETTINGS)
    for suffix in ("html", "zip", "m4b"):
        name = f"short.{suffix}"
        assert (again.folder / name).read_bytes() == (made.folder / name).read_bytes(), name


def test_the_page_holds_small_sound_of_the_same_length(made, tmp_path):
    lengths = [made.frames, made.manifest["serguide"]["ground_frames"]]
    for (kind, content), frames in zip(in_page(made.folder / "short.html"), lengths, strict=True):
        assert kind == "audio/mp4"
        file = tmp_path / "sound"
        file.write_bytes(content)
        with file.open("rb") as opened, av.open(opened) as container:
            assert container.streams.audio[0].codec_context.name.endswith("opus")
        assert abs(len(decode(file)) - frames) < 1000
    assert not list(made.folder.glob("page-*"))


def test_what_is_said_lies_where_the_page_says(made, tmp_path):
    (_, content), _ = in_page(made.folder / "short.html")
    (tmp_path / "sound").write_bytes(content)
    small, usual = decode(tmp_path / "sound")[:, 0], decode(made.session).mean(axis=1)
    size = 1 << 20
    spectra = np.fft.rfft(small, size) * np.conj(np.fft.rfft(usual, size))
    offset = int(np.argmax(np.fft.irfft(spectra)))
    assert min(offset, size - offset) < 48 * 20, "20 ms"


def test_the_page_of_twenty_minutes_takes_less_than_ten_megabytes(tmp_path):
    whole = bundle("the-first-evening", tmp_path / "out", settings=RenderSettings(single_file=True))
    assert abs(whole.frames - 20 * 60 * 48_000) <= 1_152, "a frame of MP3"
    assert (whole.folder / "the-first-evening.html").stat().st_size < 10_000_000


@pytest.mark.parametrize("format_name", ["m4a", "opus", "wav"])
def test_no_formats_page_is_larger_than_that_of_mp3(places, made, tmp_path, format_name):
    settings = RenderSettings(format_name, single_file=True, practice=SETTINGS.practice)
    other = rendered(places, tmp_path / "short", settings)
    # The name of the file is said in the page's data.
    assert abs(size_of(other, "html") - size_of(made, "html")) < 500


def size_of(made: Bundle, suffix: str) -> int:
    return (made.folder / f"short.{suffix}").stat().st_size


def test_the_zip_opens_and_plays(made, tmp_path):
    with zipfile.ZipFile(made.folder / "short.zip") as archive:
        archive.extractall(tmp_path)
    opened = Bundle(tmp_path / "short")
    assert inventory(opened.folder) == Inventory()
    assert opened.session.read_bytes() == made.session.read_bytes()
    assert not (opened.folder / "tracks").exists()
    assert len(decode(opened.session)) == made.frames


def test_the_audiobook_is_what_others_take_for_one(made):
    path = made.folder / "short.m4b"
    tags = MP4(path)
    assert tags["stik"] == [2]
    assert tags["\xa9nam"] == ["t"]
    assert tags["\xa9ART"] == tags["aART"] == ["Praxis Nový"]
    assert bytes(tags["covr"][0]).startswith(b"\x89PNG")
    assert [chapter.title for chapter in tags.chapters] == ["t", "In the middle"]
    data = path.read_bytes()
    assert data[4:12] == b"ftypM4B "
    assert b"chap" in data[: data.index(b"mdat")] + data[-50_000:], "Apple's track of titles"
    assert 0 <= len(decode(path)) - made.frames < 1024


def test_ffprobe_reads_the_audiobooks_chapters_in_their_places(made):
    ffprobe = program("ffprobe", package="ffmpeg")
    command = [ffprobe, "-v", "error", "-of", "json", "-show_chapters", "-show_format"]
    done = subprocess.run(
        [*command, str(made.folder / "short.m4b")], capture_output=True, check=True, text=True
    )
    assert done.stderr == ""
    found = json.loads(done.stdout)
    wanted = made.tracks[0]["chapters"]
    assert [chapter["tags"]["title"] for chapter in found["chapters"]] == [
        chapter["title"] for chapter in wanted
    ]
    for chapter, mark in zip(found["chapters"], wanted, strict=True):
        assert abs(float(chapter["start_time"]) - mark["start"] / 48_000) < 0.001
    assert float(found["chapters"][-1]["end_time"]) == pytest.approx(made.frames / 48_000, abs=0.03)
    assert found["format"]["tags"]["artist"] == "Praxis Nový"
    assert found["format"]["tags"]["major_brand"] == "M4B "


def test_of_an_m4a_at_the_same_rate_the_audiobook_holds_the_same_sound(places, tmp_path):
    settings = RenderSettings("m4a", audiobook=True, kilobits=64)
    made = rendered(places, tmp_path / "short", settings)
    np.testing.assert_array_equal(decode(made.session), decode(made.folder / "short.m4b"))
    assert decode(made.session).shape[1] == 1


def test_a_rate_is_that_of_every_file(places, tmp_path):
    made = rendered(places, tmp_path / "short", RenderSettings(kilobits=64, single_file=True))
    for path in (made.session, made.folder / made.tracks[0]["audio"]):
        with path.open("rb") as opened, av.open(opened) as container:
            stream = container.streams.audio[0]
            assert (stream.bit_rate, stream.channels) == (64_000, 1)
    assert made.frames == len(decode(made.session))
    assert [kind for kind, _ in in_page(made.folder / "short.html")] == ["audio/mpeg"] * 2


@pytest.mark.parametrize(
    ("form", "suffix", "part", "codec"),
    [
        ("single_file", "html", 0.93, "opus"),
        ("zipped", "zip", 0.9, "mp3"),
        ("zipped", "zip", 0.6, "opus"),
        ("audiobook", "m4b", 0.8, "aac"),
    ],
)
def test_a_size_is_kept_by_what_is_sent(places, made, tmp_path, form, suffix, part, codec):
    """MP3 as long as that can be, then Opus; an audiobook is AAC."""
    limit = round(size_of(made, suffix) * part)
    settings = RenderSettings(**{form: True}, size=limit, any_format=True)
    small = rendered(places, tmp_path / "short", settings)
    assert limit * 0.5 < size_of(small, suffix) <= limit
    file = small.session
    if suffix == "html":
        file = tmp_path / "sound"
        file.write_bytes(in_page(small.folder / "short.html")[0][1])
    elif suffix == "m4b":
        file = small.folder / "short.m4b"
    with file.open("rb") as opened, av.open(opened) as container:
        assert codec in container.streams.audio[0].codec_context.name


def test_a_size_that_cannot_be_is_refused_with_the_smallest_that_can(places, tmp_path):
    settings = RenderSettings(single_file=True, size=20_000, any_format=True)
    with pytest.raises(UsageError, match="the smallest is") as caught:
        rendered(places, tmp_path / "short", settings)
    (remedy,) = [each for each in remedies_of(caught.value.hint) if each.kind == "size"]
    least = round(float(remedy.value.removesuffix("MB")) * 1e6)
    rendered(places, tmp_path / "short", dataclasses.replace(settings, size=least))
    assert (tmp_path / "short" / "short.html").stat().st_size <= least


def test_a_rate_and_a_size_are_one_too_many(places, tmp_path):
    with pytest.raises(UsageError, match="size is what finds"):
        rendered(places, tmp_path / "short", RenderSettings(size=10**7, kilobits=64))


def test_less_than_a_stereo_rate_is_mono():
    """What each name and rate stands for is told in docs/sizes.md."""
    assert RenderSettings(kilobits=64).sound.rate == Rate(64, 1)
    assert RenderSettings(kilobits=80).sound.rate == Rate(80, 2)
