"""`serguide batch` on the command line: dry run, report, exit codes, Ctrl-C."""

from __future__ import annotations

import csv
import json
import os
import signal
import stat
import subprocess
import sys
import time

import pytest
from clinics import library, table

from serguide import api

COMMAND = [sys.executable, "-m", "serguide", "batch"]


def run(folder, path, *options, check=None):
    done = subprocess.run(
        [*COMMAND, str(path), "-o", str(folder / "out"), "--library", str(library(folder)),
         "--jobs", "1", *options],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if check is not None:
        assert done.returncode == check, done.stdout + done.stderr
    return done


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_a_dry_run_tells_times_and_sizes_and_makes_nothing(tmp_path):
    path = table(tmp_path, "ana,rest,Ana", "eva,rest,Eva")
    done = run(tmp_path, path, "--dry-run", check=0)
    assert "read as CSV, UTF-8, commas; 2 rows" in done.stderr
    assert "2 sessions of 1 kinds" in done.stdout
    told = json.loads(run(tmp_path, path, "--dry-run", "--json", check=0).stdout)
    assert [row["client"] for row in told["rows"]] == ["ana", "eva"]
    assert all(row["seconds"] > 5 and row["bytes"] > 100_000 for row in told["rows"])
    assert not (tmp_path / "out").exists()


def test_what_a_row_leaves_empty_is_as_the_options_say(tmp_path):
    path = table(tmp_path, "ana,rest,Ana")
    done = run(tmp_path, path, "--length", "90s", check=3)
    assert "cannot be made 1:30 long" in done.stdout
    done = run(tmp_path, path, "--voice", "nobody", check=3)
    assert "clients.csv:2:" in done.stdout
    assert "nobody" in done.stdout
    assert run(tmp_path, path, "--length", "90", check=2).stderr


def test_problems_end_it_with_3_before_anything_is_made(tmp_path):
    path = table(tmp_path, "ana,rst,Ana", "../eva,rest,Eva")
    done = run(tmp_path, path, check=3)
    assert "clients.csv:2:2: B013" in done.stdout
    assert "clients.csv:3:1: B007" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    assert not (tmp_path / "out").exists()


def test_rows_are_made_reported_and_made_again_only_when_changed(tmp_path):
    path = table(tmp_path, "ana,rest,Ana", "eva,rest,Eva")
    out = tmp_path / "out"
    (out / "eva").mkdir(parents=True)
    (out / "eva" / "letter.txt").write_text("mine")
    done = run(tmp_path, path, check=1)
    assert "1 made, 1 failed" in done.stdout
    report = json.loads((out / "batch.json").read_text(encoding="utf-8"))
    assert report["counts"]["failed"] == 1
    assert [row["state"] for row in report["rows"]] == ["made", "failed"]
    assert report["read_as"] == "CSV, UTF-8, commas"
    assert mode(out / "batch.json") == 0o600

    (out / "eva" / "letter.txt").unlink()
    told = json.loads(run(tmp_path, path, "--json", check=0).stdout)
    assert [row["state"] for row in told["rows"]] == ["unchanged", "made"]
    table(tmp_path, "ana,rest,Anna", "eva,rest,Eva")
    told = json.loads(run(tmp_path, path, "--json", check=0).stdout)
    assert [row["state"] for row in told["rows"]] == ["made", "unchanged"]


def test_sealed_pages_open_with_their_own_passphrases(tmp_path):
    path = table(tmp_path, "ana,rest,Ana", "eva,rest,Eva")
    out = tmp_path / "out"
    run(tmp_path, path, "--seal", check=0)
    assert mode(out / "passphrases.csv") == 0o600
    first = (out / "passphrases.csv").read_bytes()
    rows = list(csv.DictReader(first.decode().splitlines()))
    assert [row["client"] for row in rows] == ["ana", "eva"]
    assert rows[0]["passphrase"] != rows[1]["passphrase"]
    api.unseal(out / "eva.html", rows[1]["passphrase"], tmp_path / "opened")
    assert (tmp_path / "opened" / "session.json").read_bytes() == (
        out / "eva" / "session.json"
    ).read_bytes()
    page = (out / "ana.html").read_bytes()
    run(tmp_path, path, "--seal", check=0)
    assert (out / "ana.html").read_bytes() == page, "what is sealed stays, with its passphrase"
    assert (out / "passphrases.csv").read_bytes() == first


@pytest.mark.slow
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupt_leaves_nothing_half_and_the_next_run_goes_on(tmp_path, number, code):
    rows = [f"c{each},rest,Name {each}" for each in range(30)]
    path, out = table(tmp_path, *rows), tmp_path / "out"
    began = subprocess.Popen(
        [*COMMAND, str(path), "-o", str(out), "--library", str(library(tmp_path)), "--jobs", "2"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    while len(list(out.glob("[!.]*/session.json"))) < 4:
        assert began.poll() is None
        time.sleep(0.05)
    os.killpg(began.pid, number)
    assert began.wait(60) == code
    there = {each.name for each in out.iterdir()}
    assert not {name for name in there if name.startswith(".")}, "nothing half"
    report = json.loads((out / "batch.json").read_text(encoding="utf-8"))
    assert report["counts"]["not begun"] + report["counts"]["cancelled"] > 0
    whole = {each.parent.name for each in out.glob("[!.]*/session.json")}
    assert whole == there - {"batch.json"}
    told = json.loads(run(tmp_path, path, "--json", check=0).stdout)
    known = {row["client"] for row in told["rows"] if row["state"] == "unchanged"}
    assert known <= whole
    assert len(whole - known) <= 2, "what each worker had put in place and not yet noted"


@pytest.mark.slow
def test_a_killed_batch_goes_on_where_it_was_and_leaves_no_process(tmp_path):
    rows = [f"c{each},rest,Name {each}" for each in range(20)]
    path, out = table(tmp_path, *rows), tmp_path / "out"
    began = subprocess.Popen(
        [*COMMAND, str(path), "-o", str(out), "--library", str(library(tmp_path)), "--jobs", "2"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    while len(list(out.glob("[!.]*/session.json"))) < 3:
        assert began.poll() is None
        time.sleep(0.05)
    began.kill()
    began.wait(10)
    until = time.monotonic() + 15
    while True:
        try:
            os.killpg(began.pid, 0)
        except ProcessLookupError:
            break
        assert time.monotonic() < until, "workers outlive their maker"
        time.sleep(0.1)
    told = json.loads(run(tmp_path, path, "--json", check=0).stdout)
    assert told["counts"]["failed"] == 0
    assert sum(row["state"] == "unchanged" for row in told["rows"]) >= 1
    assert not [each for each in out.iterdir() if each.name.startswith(".")]
