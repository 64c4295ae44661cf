"""The guard: each way in that is not the therapist's own page, tried and refused."""

from __future__ import annotations

import json

import pytest
from starlette.testclient import TestClient

from serguide.studio.server.application import build_application

PORT = 40_000
OWN = f"http://127.0.0.1:{PORT}"


@pytest.fixture
def bare(studio):
    """Ask without anything that the studio's own pages send."""
    return TestClient(build_application(studio), base_url=OWN, raise_server_exceptions=False)


def own(studio, **other):
    headers = {"Origin": OWN, "Sec-Fetch-Site": "same-origin", "X-Serguide-Token": studio.token}
    return {name: value for name, value in {**headers, **other}.items() if value is not None}


def test_its_own_pages_are_answered(client):
    assert client.get("/api/settings").status_code == 200
    assert client.put("/api/settings", json={"face": "dark"}).json()["face"] == "dark"
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "rebound.example",  # DNS rebinding: a name of theirs that points here
        f"rebound.example:{PORT}",
        "127.0.0.1",
        "127.0.0.1:80",
        f"127.0.0.1:{PORT}.example",
        f"127.0.0.1.example:{PORT}",
        f"localhost.example:{PORT}",
        f"LOCALHOST:{PORT}",
        f"[::1]:{PORT}",
        f"0.0.0.0:{PORT}",
        f"user@127.0.0.1:{PORT}",
        "",
    ],
)
@pytest.mark.parametrize("path", ["/", "/api/settings", "/static/common/http.js"])
def test_a_foreign_host_is_refused(bare, studio, host, path):
    answered = bare.get(path, headers=own(studio, Host=host))
    assert answered.status_code == 421
    assert studio.token not in answered.text


def test_localhost_is_its_own_host(bare, studio):
    headers = own(studio, Host=f"localhost:{PORT}", Origin=f"http://localhost:{PORT}")
    assert bare.put("/api/settings", json={}, headers=headers).status_code == 200
    crossed = own(studio, Host=f"localhost:{PORT}")
    assert bare.put("/api/settings", json={}, headers=crossed).status_code == 403


@pytest.mark.parametrize("origin", [
    None, "null", "http://evil.example", f"https://127.0.0.1:{PORT}", "http://127.0.0.1",
    f"http://127.0.0.1:{PORT + 1}", f"{OWN}/", f"http://localhost:{PORT}",
])  # fmt: skip
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_a_change_from_a_foreign_origin_is_refused(bare, studio, origin, method):
    before = studio.preferences
    answered = bare.request(
        method, "/api/settings", json={"face": "dark"}, headers=own(studio, Origin=origin)
    )
    assert answered.status_code == 403
    assert studio.preferences == before


def test_data_for_a_foreign_origin_is_refused(bare, studio):
    headers = own(studio, Origin="http://evil.example")
    assert bare.get("/api/settings", headers=headers).status_code == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
def test_another_site_is_refused(bare, studio, site):
    headers = own(studio, **{"Sec-Fetch-Site": site})
    assert bare.put("/api/settings", json={}, headers=headers).status_code == 403
    assert bare.get("/api/settings", headers=headers).status_code == 403


def test_a_page_may_be_come_to_from_anywhere_and_holds_nothing(bare, studio):
    (studio.library / "scripts").mkdir(parents=True)
    found = bare.get("/", headers={"Sec-Fetch-Site": "cross-site"})
    assert found.status_code == 200
    assert studio.token not in found.text
    assert str(studio.library) not in found.text


@pytest.mark.parametrize("token", [None, "", "guess", "{token}x", "{token} ", "Bearer {token}"])
@pytest.mark.parametrize("path", ["/api/settings", "/api/shelf", "/api/art/a.svg", "/api/nothing"])
def test_without_the_token_there_is_no_data(bare, studio, token, path):
    given = token.format(token=studio.token) if token is not None else None
    if given is not None and given.strip() == studio.token:
        given = f"{studio.token}é".encode("latin-1").decode("latin-1")[:-1] + "-"
    answered = bare.get(path, headers=own(studio, **{"X-Serguide-Token": given}))
    assert answered.status_code == 401


def test_two_tokens_are_none(bare, studio):
    headers = [("X-Serguide-Token", studio.token), ("X-Serguide-Token", "guess")]
    assert bare.get("/api/settings", headers=headers).status_code == 401


@pytest.mark.parametrize("path", ["/api/settings?token={token}", "/?token=x", "/?x={token}"])
def test_a_token_in_an_address_is_refused(bare, studio, path):
    address = path.format(token=studio.token)
    assert bare.get(address, headers=own(studio)).status_code == 400


def test_a_token_in_a_referer_is_refused_and_lets_nobody_in(bare, studio):
    referer = {"Referer": f"{OWN}/?{studio.token}"}
    assert bare.get("/api/settings", headers=referer).status_code == 400
    assert bare.get("/api/settings", headers=own(studio, **referer)).status_code == 400


@pytest.mark.parametrize("method", ["OPTIONS", "PATCH", "TRACE", "CONNECT", "BREW"])
def test_other_methods_are_refused(bare, studio, method):
    answered = bare.request(method, "/api/settings", headers=own(studio))
    assert answered.status_code == 405
    assert "access-control-allow-origin" not in answered.headers


def test_a_web_socket_is_closed(client):
    from starlette.websockets import WebSocketDisconnect

    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/api/settings"):
        pass


@pytest.mark.parametrize("path", ["/", "/api/settings", "/static/common/http.js", "/nothing"])
def test_browsers_are_told_of_every_answer(client, path):
    headers = client.get(path).headers
    policy = dict(each.split(" ", 1) for each in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == policy["form-action"] == "'none'"
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cache-control"] == ("no-store" if path.startswith("/api") else "no-cache")


def test_a_body_has_its_limit(client, studio):
    assert client.put("/api/settings", content=b" " * 1_000_001).status_code == 413

    def endless():
        for _ in range(30):
            yield b" " * 100_000

    assert client.put("/api/settings", content=endless()).status_code == 413


@pytest.mark.parametrize("body", [b"{", b"[" * 100_000, b"\xff", b'{"a":' * 60 + b"1" + b"}" * 60])
def test_what_is_no_json_is_refused_in_words(client, body):
    answered = client.put("/api/settings", content=body)
    assert answered.status_code == 400
    assert answered.json()["problem"]["message"]


NAMES = [
    "../../../etc/passwd", "..%2f..%2fetc%2fpasswd", "%2e%2e/secret", "/etc/passwd", "C:\\secret",
    "..\\secret", "secret", "a\x00b", "", ".", "..", "~root", "scripts/secret", "x" * 5_000,
    "secret.yaml", "outside", "\ud800",
]  # fmt: skip


@pytest.fixture
def secret(studio, tmp_path):
    """A file beside the library, and links in the library that lead to it."""
    path = tmp_path / "secret.yaml"
    path.write_text("title: A secret\nkind: grounding\ncues:\n  - say: Nobody hears this.\n")
    (tmp_path / "secret.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    for folder, name in (("scripts", "outside.yaml"), ("imagery/art", "outside.svg")):
        (studio.library / folder).mkdir(parents=True)
        (studio.library / folder / name).symlink_to(tmp_path / f"secret{name[-5:].lstrip('e')}")
    (studio.library / "scripts" / "away").symlink_to(tmp_path, target_is_directory=True)
    return path


@pytest.mark.parametrize("name", NAMES, ids=lambda name: repr(name[:20]))
def test_no_name_leads_out_of_the_libraries(client, studio, secret, name):
    # With escapes, so that half a character arrives too.
    answered = client.post("/api/shelf/copies", content=json.dumps({"name": name}))
    assert answered.status_code == 400
    assert "secret" not in answered.text.replace(name, "") or name == "secret"
    assert list(studio.library.rglob("*.yaml")) == [studio.library / "scripts" / "outside.yaml"]


@pytest.mark.parametrize("name", [
    "../../../etc/passwd", "..%2f..%2fetc%2fpasswd", "outside.svg", "%2e%2e%2fsecret.svg",
    "secret.svg", "..%5csecret.svg", "outside.svg%00", "away%2fsecret.svg",
])  # fmt: skip
def test_no_cover_comes_from_outside(client, secret, name):
    answered = client.get(f"/api/art/{name}")
    if answered.status_code == 200:
        # The drawing of a session, which what has none of its own is shown with.
        assert b"gradient" in answered.content.lower()
    else:
        assert answered.status_code in (400, 404)


@pytest.mark.parametrize("path", [
    "/static/../studio.py", "/static/..%2fstudio.py", "/static/%2e%2e/studio.py",
    "/static/../../../../etc/passwd", "/static//etc/passwd", "/static/..%5cstudio.py",
    "/static/style/../../studio.py%00", "/static/common",
])  # fmt: skip
def test_static_files_are_the_studio_s_own(client, path):
    answered = client.get(path)
    assert answered.status_code == 404
    assert "dataclass" not in answered.text


def test_no_field_is_read_as_html(client, studio):
    told = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    assert client.put("/api/settings", json={"therapist": told}).status_code == 200
    page = client.get("/").text
    assert "alert(1)" not in page
    assert client.get("/api/settings").headers["content-type"] == "application/json"


@pytest.mark.parametrize("settings", [
    {"language": "xx"}, {"language": 3}, {"face": "<b>"}, {"therapist": "a\x1b[2J"},
    {"therapist": "x" * 200}, {"other": "x"}, [], "x", {"therapist": ["Ana"]},
])  # fmt: skip
def test_settings_are_what_they_can_be(client, studio, settings):
    before = studio.preferences
    assert client.put("/api/settings", json=settings).status_code == 400
    assert studio.preferences == before
