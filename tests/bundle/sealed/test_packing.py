"""Files come back as they were packed; a zip that somebody else made does no harm."""

from __future__ import annotations

import io
import stat
import zipfile

import pytest

from serguide.base.errors import BundleError
from serguide.bundle.sealed.packing import packed, unpack


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "in" / "tracks").mkdir(parents=True)
    (tmp_path / "in" / "a.txt").write_bytes(b"a" * 5000)
    (tmp_path / "in" / "tracks" / "01-ž.mp3").write_bytes(bytes(range(256)))
    return tmp_path / "in"


def test_what_is_packed_comes_back(folder, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    content = packed(folder, ["a.txt", "tracks/01-ž.mp3"])
    unpack(content, out)
    for name in ("a.txt", "tracks/01-ž.mp3"):
        assert (out / name).read_bytes() == (folder / name).read_bytes()
    assert content == packed(folder, ["a.txt", "tracks/01-ž.mp3"])
    assert (folder / "a.txt").read_bytes() in content, "stored as it is"


def test_a_missing_file_is_told(folder):
    with pytest.raises(BundleError, match=r"b\.txt"):
        packed(folder, ["b.txt"])


def zipped(*entries, compression=zipfile.ZIP_STORED):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, content, *mode in entries:
            entry = zipfile.ZipInfo(name)
            entry.compress_type = compression
            entry.external_attr = (mode[0] if mode else stat.S_IFREG | 0o644) << 16
            archive.writestr(entry, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    "name",
    [
        "../out.txt", "a/../../out.txt", "/out.txt", "C:/out.txt", "C:out.txt", "a\\..\\out.txt",
        "..", ".", "a//b", "a/./b", "", " ", "a\nb", "\x1b[31m", "a.", "nul", "COM1.txt", "a?b",
        "a" * 300, "a:stream", "\u202egpj.exe", "folder/",
    ],
)  # fmt: skip
def test_a_name_that_leads_away_is_refused(tmp_path, name):
    (tmp_path / "out").mkdir()
    with pytest.raises(BundleError, match="not a bundle that serguide packed"):
        unpack(zipped(("good.txt", b"good"), (name, b"bad")), tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_name_with_a_zero_is_refused(tmp_path):
    content = zipped(("goodXbad", b"x")).replace(b"goodXbad", b"good\0bad")
    with pytest.raises(BundleError):
        unpack(content, tmp_path)


@pytest.mark.parametrize(
    "hostile",
    [
        zipped(("bomb", bytes(50_000_000)), compression=zipfile.ZIP_DEFLATED),
        zipped(("a.txt", b"1"), ("A.TXT", b"2")),
        zipped(("\u00e9", b"1"), ("e\u0301", b"2")),
        zipped(("link", b"/etc/passwd", stat.S_IFLNK | 0o777)),
        zipped(("pipe", b"", stat.S_IFIFO | 0o644)),
        zipped(("a", b"1"), ("a/b", b"2")),
        zipped(*((f"{n}", b"") for n in range(5001))),
        b"", b"no zip at all", zipped(("a", b"12345"))[:-30],
    ],
    ids=[
        "compressed", "capitals", "accents", "link", "pipe", "file as folder", "many", "empty",
        "none", "cut",
    ],
)  # fmt: skip
def test_what_serguide_does_not_write_is_refused(tmp_path, hostile):
    with pytest.raises(BundleError):
        unpack(hostile, tmp_path)


def test_entries_that_overlap_are_refused(tmp_path):
    """Fifield's bomb: many entries of one content (USENIX WOOT 2019)."""
    content = zipped(*((f"f{n}", bytes(100_000)) for n in range(1)))
    start = content.rindex(b"PK\x01\x02")
    end = content.rindex(b"PK\x05\x06")
    entry = content[start:end]
    many = b"".join(entry.replace(b"f0", f"{n:02}".encode()) for n in range(90))
    tail = bytearray(content[end:])
    tail[8:10] = tail[10:12] = (90).to_bytes(2, "little")
    tail[12:16] = len(many).to_bytes(4, "little")
    with pytest.raises(BundleError, match="larger than itself"):
        unpack(content[:start] + many + bytes(tail), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_changed_content_is_refused(tmp_path):
    with pytest.raises(BundleError, match="CRC"):
        unpack(zipped(("a", b"12345678")).replace(b"12345678", b"12345679"), tmp_path)


@pytest.mark.parametrize("name", ["a/" * 600 + "x", "a/" * 8 + "x", "b" * 300])
def test_folders_deeper_than_a_bundles_are_refused(name, tmp_path):
    with pytest.raises(BundleError, match="deeper than those of a bundle"):
        unpack(zipped((name, b"x")), tmp_path)
    assert list(tmp_path.iterdir()) == []
