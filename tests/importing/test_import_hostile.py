"""Files that mean harm, or are broken: one clear message, bounded time and memory."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import time
import zipfile

import pytest
from click.testing import CliRunner
from documents import open_document, word, zipped

from serguide.base.errors import DocumentError
from serguide.cli.group import cli
from serguide.importing.assumptions import Assumptions
from serguide.importing.importer import draft_document
from serguide.importing.readers import dispatch

pytestmark = pytest.mark.slow

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE w:document [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY a{n} "{"&a" * 0}{f"&a{n - 1};" * 10 if n else "&a;" * 10}">' for n in range(9)
    )
    + f']><w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>&a8;</w:t></w:r></w:p></w:body>'
    "</w:document>"
)
OUTSIDE = '<!DOCTYPE speak [<!ENTITY x SYSTEM "file:///etc/passwd">]><speak>One &x; two.</speak>'


def document_of(xml):
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": xml})


def nested(levels):
    inside = "<w:ins>" * levels + "</w:ins>" * levels
    return word(f"<w:body><w:p>{inside}</w:p></w:body>")


def damaged(data):
    half = len(data) // 2
    return data[:half] + bytes(64) + data[half + 64 :]


HOSTILE = {
    "entities.docx": (document_of(BOMB), "declares entities of its own"),
    "entities.ssml": (OUTSIDE.encode(), "declares entities of its own"),
    "undefined.ssml": (b"<speak>\nOne &nbsp; two.</speak>", "line 2, column 5: undefined entity"),
    "ampersand.ssml": (b"<speak>Bread & butter.</speak>", "In SSML|a lone & is written"),
    "deep.docx": (nested(300), "nested more than 200 levels"),
    "deep.ssml": (b"<speak>" + b"<p>" * 300, "nested more than 200 levels"),
    "unclosed.ssml": (b"<speak><p>One", "is damaged XML"),
    "many.docx": (
        word("<w:body>" + "<w:p/>" * 500_000 + "</w:body>"),
        "more than 400,000 elements",
    ),
    "large.docx": (
        word("<w:body><w:p><w:r><w:t>" + "a " * 30_000_000 + "</w:t></w:r></w:p></w:body>"),
        "unpacks to more than 40 MB",
    ),
    "damaged.docx": (damaged(word("<w:body><w:p/></w:body>" * 50)), "is damaged|is a damaged"),
    "cut.docx": (word("<w:body/>")[:400], "is a damaged archive"),
    "empty-body.docx": (word("<w:body/>"), "holds nothing that can be spoken"),
    "no-body.docx": (word(""), "is no Word document"),
    "sheet.docx": (zipped({"[Content_Types].xml": "", "xl/workbook.xml": ""}), "is an archive"),
    "no-text.odt": (open_document("<office:drawing/>"), "is no OpenDocument text"),
    "text.docx": (b"Plain words.", "is no .docx document"),
    "old.doc": (b"\xd0\xcf\x11\xe0" + bytes(600), "old Word document"),
    "book.pdf": (b"%PDF-1.7 ...", "is a PDF"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n", "is a picture"),
    "page.html": (b"<!DOCTYPE html><html><p>Hello", "is a web page"),
    "other.ssml": (b"<svg></svg>", "begins with <svg>, not <speak>"),
    "script.yaml": (
        b"title: a\nkind: grounding\ncues:\n- say: a\n",
        "is a script or session already",
    ),
    "empty.txt": (b"", "holds nothing that can be spoken"),
    "blank.md": (b"\n \n\t\n", "holds nothing that can be spoken"),
    "zeros.txt": (bytes(5_000_000), "is no text"),
    "some-zeros.txt": (b"One\0two three four", "is no text"),
    "noise.txt": (b"\x81\x8d\x90 \x9d\x83", "no encoding that is known here"),
    "long.md": (b"word " * 10_000, "paragraph of more than 20,000 characters"),
    "deleted.rtf": (rb"{\rtf1 One {\deleted two} three.\par}", "deletions under tracked changes"),
    "hidden.rtf": (rb"{\rtf1 One {\v two} three.\par}", "holds hidden text"),
    "broken.rtf": (rb"{\rtf1 \u99999999? {{{", "is damaged rich text"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_refused_in_one_message(tmp_path, name):
    data, expected = HOSTILE[name]
    path = tmp_path / name
    path.write_bytes(data)
    begun = time.process_time()
    done = CliRunner(mix_stderr=False).invoke(
        cli, ["import", str(path), "-o", str(tmp_path / "mine")]
    )
    assert time.process_time() - begun < 20
    assert done.exit_code == 1, done.stderr
    assert any(each in done.stderr for each in expected.split("|")), done.stderr
    assert str(path) in done.stderr
    assert "went wrong inside" not in done.stderr
    assert done.stdout == ""
    assert not (tmp_path / "mine").exists()


def test_a_locked_archive_is_told(tmp_path):
    data = bytearray(word("<w:body/>"))
    at = data.find(b"PK\x01\x02")
    while at >= 0:  # the mark of an encrypted part, in the list of parts
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    path = tmp_path / "locked.docx"
    path.write_bytes(bytes(data))
    with pytest.raises(DocumentError, match="locked with a password"):
        draft_document(path, Assumptions())


@pytest.mark.parametrize("kind", ["folder", "pipe", "missing", "unreadable-name"])
def test_what_is_no_file_is_told(tmp_path, kind):
    path = tmp_path / "it.txt"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "unreadable-name":
        path = tmp_path / ("x" * 300)
    with pytest.raises(DocumentError) as caught:
        draft_document(path, Assumptions())
    assert caught.value.hint


def test_a_hundred_megabytes_are_not_read(tmp_path):
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    with pytest.raises(DocumentError, match="is larger than 32 MB"):
        draft_document(path, Assumptions())


def test_too_long_a_text_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(dispatch, "LARGEST_TEXT", 1000)
    path = tmp_path / "long.txt"
    path.write_text("One word. " * 200, encoding="utf-8")
    with pytest.raises(DocumentError, match="holds more than 1,000 characters"):
        draft_document(path, Assumptions())


@pytest.mark.parametrize(
    "unit",
    [
        "[", "(pause ", "[pause ", "... ", "a. ", "in 4 out 6 ", "PAUSE ", "*a", "<a ", "- a\n",
        ". . ", "  ", "(softly) ", "[pause 5s] ", "pause for 10 ", "dvacet pět ", ";", "1. ",
    ],
)  # fmt: skip
def test_time_grows_with_length_alone(tmp_path, unit):
    """Four times the text takes about four times the time, not sixteen times."""

    def seconds(length):
        path = tmp_path / "repeated.txt"
        path.write_text("A title\n\nWords. " + unit * (length // len(unit)), encoding="utf-8")
        taken = []
        for _ in range(3):
            begun = time.process_time()
            draft_document(path, Assumptions())
            taken.append(time.process_time() - begun)
        return min(taken)

    seconds(1_000)
    gc.freeze()  # what other tests have left is not looked through again and again
    try:
        assert seconds(60_000) < 4 * max(seconds(15_000), 0.05) * 1.7
    finally:
        gc.unfreeze()


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_bomb_takes_little_memory(tmp_path):
    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w", force_zip64=True) as part:
            part.write(f'<w:document xmlns:w="{WORD}"><w:body>'.encode())
            for _ in range(400):
                part.write(b"<w:p><w:r><w:t>again and again</w:t></w:r></w:p>" * 20_000)
    assert path.stat().st_size < 3_000_000
    code = (
        "import sys\nfrom pathlib import Path\n"
        "from serguide.base.errors import DocumentError\n"
        "from serguide.importing.assumptions import Assumptions\n"
        "from serguide.importing.importer import draft_document\n"
        "try:\n    draft_document(Path(sys.argv[1]), Assumptions())\n"
        "except DocumentError as error:\n    print(error)\n"
        "status = Path('/proc/self/status').read_text()\n"
        "print(int(status.partition('VmHWM:')[2].split()[0]) // 1024)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True
    )
    told, *_, megabytes = done.stdout.splitlines()
    assert "unpacks to more than 40 MB" in told
    assert int(megabytes) < 300


@pytest.mark.parametrize(
    "tag",
    [
        "en&#10;cues:&#10;  - say: You are worthless.&#10;about: &quot;",
        "en&#10;allow: {E107: ok}",
        "en # hidden",
        "!!python/object:os.system",
        "en, cues: []",
    ],
)
def test_a_language_brings_nothing_into_a_script(tag, tmp_path):
    """What is no language tag is dropped, and said; it is never a line of the script."""
    path = tmp_path / "evil.ssml"
    path.write_text(f'<speak xml:lang="{tag}">Hello there, and the rest now.</speak>')
    done = CliRunner(mix_stderr=False).invoke(
        cli, ["import", str(path), "-o", str(tmp_path / "lib"), "--json"]
    )
    assert done.exit_code == 0, done.stderr
    assert "not a language tag" in done.stdout
    (script,) = (tmp_path / "lib").rglob("*.yaml")
    lines = script.read_text(encoding="utf-8").splitlines()
    assert "language: en" in lines
    assert not any(line.startswith(("allow", "about", "!!")) for line in lines)
    assert "worthless" not in script.read_text(encoding="utf-8")
    assert sum(line.startswith("cues:") for line in lines) == 1


def test_a_language_of_front_matter_is_held_to_the_same(tmp_path):
    path = tmp_path / "a.md"
    path.write_text('---\nlanguage: "en, cues: []"\n---\n\nThe words of an evening.\n')
    (draft,), _ = draft_document(path, Assumptions())
    assert draft.language == "en"


@pytest.mark.parametrize("unit", [" ", "\n", "Hello - say: x "])
def test_blanks_and_cues_take_time_by_their_length(tmp_path, unit):
    def seconds(length):
        path = tmp_path / "repeated.txt"
        path.write_text(unit * (length // len(unit)) + "Words.", encoding="utf-8")
        begun = time.process_time()
        draft_document(path, Assumptions())
        return time.process_time() - begun

    seconds(1_000)
    assert seconds(120_000) < 4 * max(seconds(30_000), 0.1) * 1.7


def test_a_number_that_is_none_in_an_open_document(tmp_path):
    path = tmp_path / "o.odt"
    path.write_bytes(
        open_document('<office:text><text:p>One<text:s text:c="²"/>two.</text:p></office:text>')
    )
    (draft,), _ = draft_document(path, Assumptions())
    assert "two" in draft.title + draft.spoken
