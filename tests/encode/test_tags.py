"""Tags and chapters, read back by what did not write them."""

from __future__ import annotations

import json
import struct
import subprocess
import zlib
from fractions import Fraction
from pathlib import Path

import av
import mutagen
import numpy as np
import pytest
from mutagen.flac import FLAC
from mutagen.id3 import ID3
from mutagen.mp4 import MP4
from needed import program
from sound_signals import clicks, decode

from serguide.base.errors import SoundError
from serguide.base.units import MP3_FRAME, SAMPLERATE
from serguide.encode.formats import FORMATS
from serguide.encode.tags.iso_639 import iso_639_2
from serguide.encode.tags.model import ChapterMark, Tags
from serguide.encode.tags.tags import WRITERS, write_tags

LENGTH = 200 * MP3_FRAME
TITLES = ["Ankommen – ein Anfang", "«Лодка»", "Back in the room"]
CUTS = [0, 50 * MP3_FRAME, 125 * MP3_FRAME, LENGTH]

formats = pytest.mark.parametrize("name", FORMATS)


def png(side: int = 64) -> bytes:
    """A real picture, of noise so that it does not compress."""
    noise = np.random.Generator(np.random.PCG64(1)).bytes(side * (side * 3))
    rows = b"".join(b"\0" + noise[y * side * 3 : (y + 1) * side * 3] for y in range(side))
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


TAGS = Tags(
    title="Am Fluß",
    album="Der erste Abend",
    artist="Ana",
    language="de-AT",
    number=2,
    total=5,
    comment="Nach der Behandlung.",
    cover=png(),
    chapters=tuple(map(ChapterMark, CUTS, CUTS[1:], TITLES)),
)


def plain(path: Path, name: str) -> Path:
    path = path.with_suffix(FORMATS[name].suffix)
    with FORMATS[name].open(path, 2) as encoder:
        encoder.write(clicks(LENGTH, [5_000, 100_000, LENGTH - 5_000], 2))
    return path


def tagged(path: Path, name: str, tags: Tags = TAGS) -> Path:
    path = plain(path, name)
    write_tags(path, name, tags)
    return path


@formats
def test_no_sample_moves(tmp_path: Path, name: str):
    before = decode(plain(tmp_path / "a", name))
    after = decode(tagged(tmp_path / "b", name))
    np.testing.assert_array_equal(after, before)


@formats
def test_pyav_reads_them(tmp_path: Path, name: str):
    with tagged(tmp_path / "x", name).open("rb") as file, av.open(file, "r") as container:
        chapters = container.chapters()
        audio = container.streams.audio[0]
        # Ogg's comments belong to the stream.
        found = {**container.metadata, **audio.metadata}
        pictures = len(container.streams.video)
    found = {key.lower(): value for key, value in found.items()}
    assert found["title"] == "Am Fluß"
    assert found["album"] == "Der erste Abend"
    assert found["artist"] == "Ana"
    assert found["language"] == "deu"
    assert found["track"].split("/")[0] == "2"
    assert "Nach der Behandlung." in (found.get("comment"), found.get("description"))
    assert pictures == 1
    assert [chapter["metadata"]["title"] for chapter in chapters] == TITLES
    starts = [Fraction(chapter["start"]) * chapter["time_base"] for chapter in chapters]
    assert starts == [Fraction(at, SAMPLERATE) for at in CUTS[:-1]]


@formats
def test_the_ffprobe_program_reads_chapters(tmp_path: Path, name: str):
    program("ffprobe", package="ffmpeg")
    path = tagged(tmp_path / "x", name)
    command = ["ffprobe", "-v", "warning", "-of", "json", "-show_chapters", str(path)]
    done = subprocess.run(command, capture_output=True, check=True)
    assert [c["tags"]["title"] for c in json.loads(done.stdout)["chapters"]] == TITLES


def test_mp4_chapters_are_read_by_mutagen(tmp_path: Path):
    path = tagged(tmp_path / "x", "m4a")
    found = MP4(path)
    assert [chapter.title for chapter in found.chapters] == TITLES
    assert [chapter.start for chapter in found.chapters] == [at / SAMPLERATE for at in CUTS[:-1]]
    assert bytes(found["covr"][0]) == TAGS.cover
    assert found["trkn"] == [(2, 5)]
    # Apple's players want a track of chapter titles, which the audio track refers to.
    data = path.read_bytes()
    assert b"chap" in data
    assert b"chpl" in data


@pytest.mark.parametrize("name", ["mp3", "wav"])
def test_id3_is_version_2_3(tmp_path: Path, name: str):
    path = tagged(tmp_path / "x", name)
    tags = ID3(path) if name == "mp3" else mutagen.File(path).tags
    assert tags.version == (2, 3, 0)
    assert tags["CTOC:contents"].child_element_ids == ["chapter0", "chapter1", "chapter2"]
    assert tags["CHAP:chapter1"].start_time == 50 * 24
    assert tags["CHAP:chapter1"].end_time == 125 * 24
    assert tags.getall("APIC")[0].data == TAGS.cover
    assert tags["TLAN"] == "deu"
    assert tags["TRCK"] == "2/5"


def test_flac_picture(tmp_path: Path):
    assert FLAC(tagged(tmp_path / "x", "flac")).pictures[0].data == TAGS.cover


@formats
def test_same_tags_same_bytes(tmp_path: Path, name: str):
    one, two = tagged(tmp_path / "a", name), tagged(tmp_path / "b", name)
    assert one.read_bytes() == two.read_bytes()
    assert list(tmp_path.glob("*.chapters")) == []


@formats
def test_tags_are_replaced(tmp_path: Path, name: str):
    path = tagged(tmp_path / "x", name)
    write_tags(path, name, Tags("Only a title"))
    assert path.read_bytes().count(b"Der erste Abend") == 0
    with path.open("rb") as file, av.open(file, "r") as container:
        assert container.chapters() == []
        assert not container.streams.video


@formats
def test_a_title_is_enough(tmp_path: Path, name: str):
    path = tagged(tmp_path / "x", name, Tags("Only a title"))
    assert decode(path).shape[0] >= LENGTH


@formats
def test_a_large_cover_is_no_matter(tmp_path: Path, name: str):
    path = tagged(tmp_path / "x", name, Tags("A title", cover=png(400)))
    assert path.stat().st_size > 400_000
    assert decode(path).shape[0] >= LENGTH


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "mp3"])
def test_damaged_file_is_explained(tmp_path: Path, name: str):
    path = tmp_path / "x"  # no MP3: an ID3 tag can stand before anything
    for content in (b"", b"not sound at all" * 100):
        path.write_bytes(content)
        with pytest.raises(SoundError, match="tags") as caught:
            write_tags(path, name, TAGS)
        assert caught.value.hint


@formats
def test_missing_file_is_explained(tmp_path: Path, name: str):
    with pytest.raises(SoundError, match="tags"):
        write_tags(tmp_path / "none", name, TAGS)


def test_every_format_has_a_writer():
    assert list(WRITERS) == list(FORMATS)


@pytest.mark.parametrize(
    ("language", "code"),
    [("en", "eng"), ("en-GB", "eng"), ("pt_BR", "por"), ("zh-Hans", "zho"), ("haw", "haw"),
     ("", "und"), ("x", "und"), ("xx", "und")],
)  # fmt: skip
def test_languages(language: str, code: str):
    assert iso_639_2(language) == code
