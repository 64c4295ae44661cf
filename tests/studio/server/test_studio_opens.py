"""The studio as it is started for real: what a browser sees of it, a second start, and its end."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

ROOM = ".ready"
"""Stands on the shelf when it has come."""


def second(library):
    command = [sys.executable, "-m", "serguide", "studio", "--no-browser", "--library", library]
    return subprocess.run(
        [str(each) for each in command], capture_output=True, text=True, timeout=60, check=False
    )


def kept():
    return Path(os.environ["SERGUIDE_STATE"]) / "studio" / "running.json"


def test_the_page_opens_and_the_token_leaves_the_address_at_once(page, desk):
    page.wait_for_selector(ROOM)
    assert page.evaluate("location.href") == desk.base
    assert desk.token not in page.content()
    assert page.evaluate("history.length") == 2, (
        "about:blank and the shelf: the token is in neither"
    )
    page.reload()
    page.wait_for_selector(ROOM)


def test_a_tab_without_the_token_is_told_how_to_come_in(page, desk, browser):
    other = browser.new_context().new_page()
    other.goto(desk.base)
    other.wait_for_selector(".shut-out")
    assert "click its picture once more" in other.inner_text("main")
    other.context.close()


def test_a_second_start_finds_the_first(desk, tmp_path):
    assert stat.S_IMODE(kept().stat().st_mode) == 0o600
    done = second(tmp_path / "other")
    assert done.returncode == 0
    assert done.stdout.strip() == desk.address
    assert str(desk.library) in done.stderr
    assert desk.process.poll() is None


def test_a_browser_is_started_with_a_code_that_lets_in_once(page, desk, browser, tmp_path):
    """Everyone on the machine can read what a program is started with."""
    told = tmp_path / "told"
    program = tmp_path / "browser"
    program.write_text(f'#!/bin/sh\nprintf %s "$1" > "{told}"\n')
    program.chmod(0o755)
    command = [sys.executable, "-m", "serguide", "studio", "--library", str(tmp_path)]
    done = subprocess.run(
        command, env={**os.environ, "BROWSER": str(program)}, capture_output=True, text=True,
        timeout=60, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == desk.address
    page.wait_for_timeout(500)  # a browser may be started and left to itself
    address = told.read_text()
    assert address.startswith(f"{desk.base}#enter=")
    assert desk.token not in address
    tab = browser.new_context().new_page()
    tab.goto(address)
    tab.wait_for_selector(ROOM)
    assert tab.evaluate("location.href") == desk.base
    late = browser.new_context().new_page()
    late.goto(address)
    late.wait_for_selector(".shut-out")
    tab.context.close()
    late.context.close()


def test_what_a_killed_studio_leaves_stops_no_other(desk, tmp_path):
    desk.process.kill()
    desk.process.wait()
    assert json.loads(kept().read_text())["port"]
    command = [sys.executable, "-m", "serguide", "studio", "--no-browser", "--library"]
    with subprocess.Popen([*command, str(tmp_path)], stdout=subprocess.PIPE, text=True) as again:
        address = again.stdout.readline().strip()
        again.terminate()
    assert address.startswith("http://127.0.0.1:")
    assert address.partition("#")[2] != desk.token


def test_the_terminal_says_what_it_is_and_ctrl_c_ends_it_in_order(desk):
    assert desk.stop() == 0
    told = desk.process.stderr.read()
    assert "This is the serguide studio" in told
    assert "To end it: Ctrl-C here, or “Close” on its page" in told
    assert "all that was made is saved" in told
    assert not kept().exists()


def test_close_ends_it_in_order(page, desk):
    page.wait_for_selector(ROOM)
    page.get_by_role("button", name="Close", exact=True).click()
    page.wait_for_selector("text=The studio is closed.")
    assert desk.process.wait(20) == 0


def test_a_port_that_is_taken_is_told(desk, tmp_path, monkeypatch):
    monkeypatch.setenv("SERGUIDE_STATE", str(tmp_path / "another"))
    port = desk.base.rstrip("/").rpartition(":")[2]
    command = [sys.executable, "-m", "serguide", "studio", "--no-browser", "--port", port]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert "leave the port out" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("path", ["/api/settings", "/"])
def test_another_host_s_name_for_this_machine_is_refused(desk, path):
    """DNS rebinding for real: the socket is reached, under a name of theirs."""
    from http.client import HTTPConnection

    port = int(desk.base.rstrip("/").rpartition(":")[2])
    with closing(HTTPConnection("127.0.0.1", port)) as connection:
        theirs = {"Host": "rebound.example", "X-Serguide-Token": desk.token}
        connection.request("GET", path, headers=theirs)
        with connection.getresponse() as answered:
            assert answered.status == 421
