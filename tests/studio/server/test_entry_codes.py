"""A code lets a browser in once, and not later than a minute."""

from __future__ import annotations

import time

from serguide.studio.server.entry_codes import EntryCodes


def test_a_code_is_taken_once():
    codes = EntryCodes()
    code = codes.new()
    assert not codes.take("another")
    assert codes.take(code)
    assert not codes.take(code)


def test_a_code_grows_old(monkeypatch):
    codes = EntryCodes()
    code, now = codes.new(), time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now + 61)
    assert not codes.take(code)


def test_codes_that_nobody_used_are_forgotten():
    codes = EntryCodes()
    first = codes.new()
    later = [codes.new() for _ in range(16)]
    assert not codes.take(first)
    assert codes.take(later[0])


def test_only_a_code_gets_the_token(client, studio):
    bare = {"X-Serguide-Token": ""}
    assert client.post("/api/enter", json={"code": "x"}, headers=bare).status_code == 401
    assert client.post("/api/codes", json={}, headers=bare).status_code == 401
    code = client.post("/api/codes", json={}).json()["code"]
    elsewhere = {**bare, "Origin": "http://evil.example"}
    assert client.post("/api/enter", json={"code": code}, headers=elsewhere).status_code == 403
    assert client.post("/api/enter", json={"code": code}, headers=bare).json() == {
        "token": studio.token
    }
    assert client.post("/api/enter", json={"code": code}, headers=bare).status_code == 401
