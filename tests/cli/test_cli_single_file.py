from __future__ import annotations

import json

from click.testing import CliRunner

from serguide.cli.group import cli


def test_one_page_with_everything_and_its_size(write, tmp_path):
    path = write("scripts/tiny.yaml", "title: Tiny\nkind: grounding\ncues:\n  - say: Here.\n")
    write("scripts/five-to-one.yaml", "title: Back\nkind: grounding\ncues:\n  - say: Back.\n")
    arguments = ["render", str(path), "-o", str(tmp_path / "out"), "--voice", "tone"]
    done = CliRunner(mix_stderr=False).invoke(cli, [*arguments, "--single-file", "--json"])
    assert done.exit_code == 0, done.stderr
    single = tmp_path / "out" / "tiny.html"
    assert json.loads(done.stdout)["single_file"] == str(single)
    assert "data:audio/mp4;base64," in single.read_text(encoding="utf-8")
    assert f"{single.stat().st_size / 1e6:.1f} MB" in done.stderr
    assert (tmp_path / "out" / "index.html").exists()
