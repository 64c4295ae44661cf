"""Damage scripts and sessions the way people, editors and attackers do; and run what comes out.

Run as a program it is the other process of test_faults_scripts.py: it takes
SEED COUNT FOLDER, tries so many mutants, and prints a JSON line for each that was handled badly,
then one with the sums.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import random
import re
import sys
import time
import traceback
from pathlib import Path

from fault_memory import own_peak

SECONDS, BYTES = 2.0, 300_000_000

HOSTILE = (
    "", "~", "null", "no", "4:30", "-1s", "1e999s", "99999999999999999999m", "0s", "NaN", ".inf",
    "6..18", "18..6", "0..0", "!!python/object/apply:os.system ['true']", "&a [*a, *a]", "*a",
    "<<: *a", "{{{{", "}}", "[[", "]]", "{name}", "{", "{name", "{a{b}c}", "[2s]", "[99999h]",
    "[2s", "[]", "- - - -", "? :", "|", ">", "'", '"', "\\", "%", "@", "`", "\t", "\r", "\x00",
    "\x1b[31m", "\ufeff", "\u2028", "\u202e", "\u200b", "\ud7ff", "👩‍👩‍👧‍👦", "שלום",
    "e\u0301" * 50,
    "../../etc/passwd", "/etc/passwd", "http://localhost/", "file:///etc/passwd", "CON", "a" * 5000,
    "[" * 200, "{a: " * 100, "- " * 300, "include: evening", "steps: []", "cues: []", "---\n---",
    "kind: session", "title: [a]", "title: {a: b}", "voice: espeak:xx", "voice: gtts", "-999dB",
    "0dB", "999dB", "{in: 4s, out: 6s, cycles: 99999}", "{for: 40s, min: 90s, max: 20s}",
    "%s%s%n", "{0.__class__}", "$(true)", "ignore: '''", "\n\n\n", " " * 300, "#", ": ", ", ",
)  # fmt: skip


def mutants(seed, folder):
    """Yield (name, bytes) for ever: library files with one to six changes."""
    rng = random.Random(seed)
    originals = [path.read_bytes() for path in sorted(folder.rglob("*.yaml"))]
    while True:
        data = rng.choice(originals)
        for _ in range(rng.randint(1, 6)):
            data = rng.choice(CHANGES)(data, rng, originals)
        yield data[:1_200_000]


def flip(data, rng, _):
    at = rng.randrange(len(data) or 1)
    return data[:at] + bytes([rng.randrange(256)]) + data[at + 1 :]


def cut(data, rng, _):
    return data[: rng.randrange(len(data) + 1)]


def insert(data, rng, _):
    at = rng.randrange(len(data) + 1)
    return data[:at] + rng.choice(HOSTILE).encode("utf-8", "surrogatepass") + data[at:]


def new_value(data, rng, _):
    lines = data.split(b"\n")
    at = rng.randrange(len(lines))
    key, colon, _ = lines[at].partition(b":")
    if colon:
        lines[at] = key + b": " + rng.choice(HOSTILE).encode("utf-8", "surrogatepass")
    return b"\n".join(lines)


def lines_moved(data, rng, _):
    lines = data.split(b"\n")
    one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


def line_gone(data, rng, _):
    lines = data.split(b"\n")
    del lines[rng.randrange(len(lines))]
    return b"\n".join(lines)


def line_again(data, rng, _):
    lines = data.split(b"\n")
    at = rng.randrange(len(lines))
    return b"\n".join([*lines[:at], *[lines[at]] * rng.choice((2, 2, 3, 500, 5000)), *lines[at:]])


def indented(data, rng, _):
    lines = data.split(b"\n")
    at = rng.randrange(len(lines))
    lines[at] = rng.choice((b" ", b"  ", b"\t", b"- ", b"        ")) + lines[at]
    return b"\n".join(lines)


def outdented(data, rng, _):
    lines = data.split(b"\n")
    at = rng.randrange(len(lines))
    lines[at] = lines[at].lstrip()
    return b"\n".join(lines)


def spliced(data, rng, originals):
    other = rng.choice(originals)
    return data[: rng.randrange(len(data) + 1)] + other[rng.randrange(len(other)) :]


def word_for_word(data, rng, _):
    words = re.findall(rb"[\w-]+", data)
    if not words:
        return data
    return data.replace(rng.choice(words), rng.choice(words))


def recoded(data, rng, _):
    return data.decode("utf-8", "replace").encode(rng.choice(("utf-16", "utf-8-sig", "cp1250", "utf-32")), "replace")  # fmt: skip  # noqa: E501


CHANGES = (
    flip, flip, cut, insert, insert, insert, new_value, new_value, new_value, lines_moved,
    line_gone,
    line_again, indented, outdented, spliced, word_for_word, word_for_word, recoded,
)  # fmt: skip


def attempt(path, command="check"):
    """Run a command on a file; return what was wrong with how it was handled, or None."""
    import click

    from serguide.cli import cli

    began = time.process_time()
    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            code = cli.main([command, str(path)], prog_name="serguide", standalone_mode=False)
    except click.ClickException as error:
        code = error.exit_code
    except BaseException:
        return traceback.format_exc()
    spent = time.process_time() - began
    memory = own_peak()
    if code not in (0, 1, 2, 3, 4, None):
        return f"ended with {code}: {said.getvalue()[-500:]}"
    if spent > SECONDS or memory > BYTES:
        return f"{spent:.2f} s, {memory / 1e6:.0f} MB: {said.getvalue()[:300]}"
    return None


def main(seed, count, folder):
    # Whatever goes wrong inside is to come out here, not to be put into a message.
    os.environ["SERGUIDE_DEBUG"] = "1"
    root = Path(__file__).parents[2]
    made = mutants(seed, root / "scripts")
    slowest = 0.0
    attempt(root / "scripts" / "grounding" / "five-to-one.yaml")  # the imports are nobody's fault
    for number in range(count):
        path = folder / f"mutant-{seed}-{number}.yaml"
        path.write_bytes(next(made))
        began = time.process_time()
        wrong = attempt(path, "show" if number % 4 == 3 else "check")
        slowest = max(slowest, time.process_time() - began)
        if wrong:
            print(json.dumps({"file": path.name, "wrong": wrong}), flush=True)
        else:
            path.unlink()
    memory = own_peak()
    print(json.dumps({"done": count, "slowest": slowest, "memory": memory}))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
