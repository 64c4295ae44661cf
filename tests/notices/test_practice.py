"""A practice's name and mark: read from the config file or one of its own."""

from __future__ import annotations

import base64

import pytest
from click.testing import CliRunner

from serguide.base.errors import ScriptError
from serguide.cli.config import defaults
from serguide.cli.group import cli
from serguide.notices.model import Practice
from serguide.notices.practice import LARGEST_LOGO, read_practice

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script>alert(1)</script>'
    '<path d="M0 0h9" stroke="#b00"/></svg>'
)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


@pytest.fixture
def write(tmp_path):
    def write(text, **files):
        for name, content in files.items():
            content = content.encode() if isinstance(content, str) else content
            (tmp_path / name.replace("_", ".")).write_bytes(content)
        path = tmp_path / "practice.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_name_line_and_an_svg_as_it_is(write):
    told = read_practice(write("name: By the River\nline: Brno\nlogo: l.svg\n", l_svg=SVG))
    kind, _, content = told.logo.partition(";base64,")
    assert (told.name, told.line, kind) == ("By the River", "Brno", "data:image/svg+xml")
    assert base64.b64decode(content).decode() == SVG  # its colours are left alone


def test_a_png_and_nothing_but_a_name(write):
    assert read_practice(write("name: X\nlogo: l.png\n", l_png=PNG)).logo.startswith(
        "data:image/png;base64,"
    )
    assert read_practice(write("name: X\n")) == Practice("X")


@pytest.mark.parametrize(
    ("text", "files", "said"),
    [
        ("line: Brno\n", {}, "has no name"),
        ("name: X\nlogo: gone.svg\n", {}, "cannot be read"),
        ("name: X\nlogo: l.svg\n", {"l_svg": "<html/>"}, "no SVG and no PNG"),
        ("name: X\nlogo: l.svg\n", {"l_svg": "<svg"}, "no SVG and no PNG"),
        ("name: X\nlogo: l.png\n", {"l_png": PNG + bytes(LARGEST_LOGO)}, "MB"),
        ("name: X\ncolour: red\n", {}, "`colour` is not known"),
        ("name: [X]\n", {}, "should be a text"),
        ("just words\n", {}, "has no keys"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(write, text, files, said):
    with pytest.raises(ScriptError) as caught:
        read_practice(write(text, **files))
    (problem, *_) = caught.value.problems
    assert said in problem.message
    assert problem.line >= 1


def test_the_config_file_may_say_it(tmp_path, monkeypatch):
    (tmp_path / "l.svg").write_text(SVG, encoding="utf-8")
    config = tmp_path / "config.yaml"
    monkeypatch.setenv("SERGUIDE_CONFIG", str(config))
    config.write_text("locale: CZ\npractice:\n  name: River\n  logo: l.svg\n", encoding="utf-8")
    found = defaults()
    assert found["locale"] == "CZ"
    assert found["practice"].name == "River"
    assert found["practice"].logo.startswith("data:image/svg+xml")
    config.write_text("practice:\n  line: Brno\nvoize: x\n", encoding="utf-8")
    with pytest.raises(ScriptError) as caught:
        defaults()
    assert len(caught.value.problems) == 2  # all at once


def test_a_bundle_carries_it(tmp_path, monkeypatch):
    config = tmp_path / "config.yaml"
    config.write_text("practice: {name: By the River, line: Brno}\n", encoding="utf-8")
    script = tmp_path / "t.yaml"
    script.write_text("title: T\nkind: grounding\ncues: [say: Here.]\n", encoding="utf-8")
    ground = tmp_path / "five-to-one.yaml"
    ground.write_text("title: G\nkind: grounding\ncues: [say: Back.]\n", encoding="utf-8")
    monkeypatch.setenv("SERGUIDE_CONFIG", str(config))
    target = tmp_path / "out"
    done = CliRunner(mix_stderr=False).invoke(
        cli, ["render", str(script), "-o", str(target), "--voice", "tone", "--locale", "CZ"]
    )
    assert done.exit_code == 0, done.stderr
    page = (target / "index.html").read_text(encoding="utf-8")
    assert '<p class="practice"' in page
    assert "<strong>By the River</strong>" in page
    transcript = (target / "transcript.txt").read_text(encoding="utf-8")
    assert "By the River · Brno" in transcript
    from mutagen.mp3 import MP3

    for file in ("session.mp3", "ground.mp3"):
        assert str(MP3(target / file).tags["TPE1"]) == "By the River"
