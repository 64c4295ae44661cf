"""Hostile and mistaken YAML: one exact message, quickly, in little memory, and nothing runs."""

from __future__ import annotations

import subprocess
import sys
import textwrap

import pytest

from serguide.base.errors import ScriptError
from serguide.script import nodes as yamltext

BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(9)
)

HOSTILE = {
    "alias bomb": (BOMB.encode(), "L006", 1, 4),
    "deep flow": (b"[" * 100_000, "L007", 1, 17),
    "deep blocks": (b"- " * 100_000, "L007", 1, 33),
    "deep keys": (b"{a: " * 100_000, "L007", 1, 65),
    "python tag": (b"title: !!python/object/apply:os.system ['touch /tmp/x']\n", "L005", 1, 8),
    "local tag": (b"title: !run x\n", "L005", 1, 8),
    "10 MB": (b"a: " + b"x" * 10_000_000, "L001", 1, 1),
    "many entries": (b"- a\n" * 240_000, "L007", 50_000, 3),
    "duplicate key": (b"title: a\nkind: b\ntitle: c\n", "L008", 3, 1),
    "tab": (b"cues:\n\t- say: x\n", "L004", 2, 1),
    "byte order mark": (b"\xef\xbb\xbftitle: a\n", "L002", 1, 1),
    "UTF-16": ("title: a\n".encode("utf-16"), "L002", 1, 1),
    "invalid UTF-8": (b"title: a\nabout: caf\xe9 au lait\n", "L002", 2, 11),
    "control character": (b"title: a\x07b\n", "L003", 1, 9),
    "noncharacter": ("title: a\ufdd0\n".encode(), "L003", 1, 1),
    "merge key": (b"<<: x\n", "L006", 1, 1),
    "two documents": (b"a: b\n---\nc: d\n", "L009", 2, 1),
    "list as key": (b"? [a]\n: b\n", "L009", 1, 3),
    "empty": (b"", "L003", 1, 1),
    "only a comment": (b"# nothing\n", "L003", 1, 1),
    "colon in text": (b"title: Note: this\n", "L003", 1, 12),
    "open quote": (b'title: "abc\n', "L003", 1, 8),
    "open bracket": (b"title: [a\n", "L003", 1, 8),
}


@pytest.mark.parametrize(("data", "code", "line", "column"), HOSTILE.values(), ids=HOSTILE)
def test_each_gives_one_exact_message(tmp_path, data, code, line, column):
    path = tmp_path / "bad.yaml"
    path.write_bytes(data)
    with pytest.raises(ScriptError) as caught:
        yamltext.load(path)
    (problem,) = caught.value.problems
    assert (problem.code, problem.line, problem.column) == (code, line, column)
    assert problem.path == str(path)
    assert problem.message
    assert problem.hint


def test_nothing_runs_and_memory_stays_small(tmp_path):
    """All hostile files in one process of its own: bounded memory, nothing touched."""
    for name, (data, *_) in HOSTILE.items():
        (tmp_path / f"{name.replace(' ', '-')}.yaml").write_bytes(data)
    witness = tmp_path / "witness"
    (tmp_path / "tag.yaml").write_text(f"a: !!python/object/apply:os.mkdir ['{witness}']\n")
    code = textwrap.dedent(
        """
        import pathlib, resource, sys
        resource.setrlimit(resource.RLIMIT_AS, (400_000_000, 400_000_000))
        resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
        from serguide.base.errors import ScriptError
        from serguide.script import nodes as yamltext
        for path in sorted(pathlib.Path(sys.argv[1]).glob("*.yaml")):
            try:
                yamltext.load(path)
            except ScriptError as error:
                assert len(error.problems) == 1, error
            else:
                raise SystemExit(f"{path} was accepted")
        # Not ru_maxrss: it remembers the process that this one was forked from.
        status = pathlib.Path("/proc/self/status")
        if status.exists():
            print(next(l.split()[1] for l in status.read_text().splitlines() if "VmHWM" in l))
        else:
            print(0)
        """
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 200_000  # KiB
    assert not witness.exists()


def test_scalars_stay_as_written():
    root = yamltext.parse("a: no\nb: 4:30\nc: 0o17\nd: ~\ne: 2026-11-21\nf: .inf\ng: 1_000\n", "x")
    assert yamltext.plain(root) == {
        "a": "no",
        "b": "4:30",
        "c": "0o17",
        "d": "~",
        "e": "2026-11-21",
        "f": ".inf",
        "g": "1_000",
    }


def test_every_script_of_every_language_survives():
    text = "Příliš žluťoučký kůň — “ďábelské” ódy; 你好，世界。 مرحبا بالعالم שלום 👩🏽‍⚕️ e\u0301"
    root = yamltext.parse(f"say: '{text}'\n", "x")
    assert yamltext.plain(root) == {"say": text}


def test_positions_count_characters():
    root = yamltext.parse("a: ž\nčaj: {x: 1, žluť: 2}\n", "x")
    assert isinstance(root, yamltext.Mapping)
    _, value = root.pairs["čaj"]
    assert isinstance(value, yamltext.Mapping)
    key, inner = value.pairs["žluť"]
    assert (key.line, key.column, inner.column) == (2, 13, 19)


@pytest.mark.parametrize("make", ["folder", "missing", "fifo"])
def test_what_is_no_file_is_refused(tmp_path, make):
    path = tmp_path / "x.yaml"
    if make == "folder":
        path.mkdir()
    elif make == "fifo":
        import os

        os.mkfifo(path)
    with pytest.raises(ScriptError) as caught:
        yamltext.load(path)
    assert [problem.code for problem in caught.value.problems] == ["L001"]
