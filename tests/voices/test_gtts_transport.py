from __future__ import annotations

import socket
import threading
import time
from pathlib import Path

import pytest
import requests
from gtts_server import Answer, GttsServer
from tls_server import Certificates, make_certificates

from serguide.base.errors import NetworkError
from serguide.voices.google.gtts_languages import choose
from serguide.voices.google.gtts_protocol import questions
from serguide.voices.google.gtts_transport import Transport


def request_to(url: str) -> requests.PreparedRequest:
    return questions("Breathe in.", choose("en", "en"), url)[0].request


@pytest.fixture
def slept() -> list[float]:
    """Hold the waits that a transport would have made; none is really made."""
    return []


@pytest.fixture
def transport(slept: list[float]) -> Transport:
    return Transport(sleep=slept.append)


def fails(transport: Transport, url: str, message: str, hint: str) -> None:
    with pytest.raises(NetworkError, match=message) as caught:
        transport.send(request_to(url))
    assert caught.value.exit_code == 4
    assert "127.0.0.1" in caught.value.message
    assert caught.value.message.endswith(".")
    assert hint in caught.value.hint
    assert "Breathe" not in str(caught.value)


def test_an_answer_comes_back(gtts_server: GttsServer, transport, slept):
    assert b"wrb.fr" in transport.send(request_to(gtts_server.url))
    assert slept == []


@pytest.mark.parametrize(
    "passing", [Answer.TOO_MANY, Answer.FAILED, Answer.HANG_UP, Answer.BREAK_OFF]
)
def test_what_passes_is_tried_again(gtts_server: GttsServer, transport, slept, passing):
    gtts_server.then(passing, passing)
    assert b"wrb.fr" in transport.send(request_to(gtts_server.url))
    assert slept == [1.0, 2.0]
    assert len(gtts_server.asked) == 3


@pytest.mark.parametrize(
    ("answer", "message", "hint"),
    [
        (Answer.TOO_MANY, r"too many requests \(HTTP 429\) \(4 tries\)", "Wait some minutes"),
        (Answer.FAILED, r"failed \(HTTP 503\) \(4 tries\)", "Try again later"),
        (Answer.HANG_UP, r"connection to 127.0.0.1 failed \(4 tries\)", "is online"),
        (Answer.BREAK_OFF, r"broke off in the middle .* \(4 tries\)", "Try again later"),
    ],
)
def test_what_does_not_pass_is_given_up(
    gtts_server: GttsServer, transport, slept, answer, message, hint
):
    gtts_server.then(*[answer] * 9)
    fails(transport, gtts_server.url, message, hint)
    assert slept == [1.0, 2.0, 4.0]
    assert len(gtts_server.asked) == 4


@pytest.mark.parametrize(
    ("answer", "message", "hint"),
    [
        (Answer.FORBIDDEN, r"refuses the request \(HTTP 403\)", "another network"),
        (Answer.NOT_FOUND, r"refuses the request \(HTTP 404\)", "or have changed"),
        (Answer.REDIRECT, r"redirects to consent.elsewhere.example \(HTTP 302\)", "open a browser"),
        (Answer.HUGE, "more than 100,000 bytes", "offline voice"),
    ],
)
def test_what_will_not_pass_is_not_tried_again(
    gtts_server: GttsServer, slept, answer, message, hint
):
    gtts_server.then(*[answer] * 9)
    bounded = Transport(largest_answer=100_000, sleep=slept.append)
    fails(bounded, gtts_server.url, message, hint)
    assert slept == []
    assert len(gtts_server.asked) == 1


def test_a_redirect_s_address_is_not_repeated(gtts_server: GttsServer, transport):
    gtts_server.then(Answer.REDIRECT)
    with pytest.raises(NetworkError) as caught:
        transport.send(request_to(gtts_server.url))
    assert "sign-in?t=" not in str(caught.value)


@pytest.mark.parametrize(
    ("answer", "waited"), [(Answer.TOO_MANY_WAIT_7, 7.0), (Answer.TOO_MANY_WAIT_UNTIL, 9.0)]
)
def test_a_wait_that_is_asked_for_is_made(gtts_server, transport, slept, answer, waited):
    gtts_server.then(answer)
    assert transport.send(request_to(gtts_server.url))
    assert slept == [waited]


def test_a_wait_that_is_too_long_is_told_and_not_made(gtts_server, transport, slept):
    gtts_server.then(Answer.TOO_MANY_WAIT_1_HOUR)
    fails(transport, gtts_server.url, "asks to wait 3600 seconds", "Wait some minutes")
    assert slept == []


@pytest.mark.parametrize("answer", [Answer.STALL, Answer.DRIP_HEAD, Answer.DRIP_BODY])
@pytest.mark.parametrize("read_timeout", [0.2, 60.0])
def test_no_answer_outlasts_the_deadline(gtts_server: GttsServer, slept, answer, read_timeout):
    gtts_server.then(answer, answer)
    hasty = Transport(read_timeout=read_timeout, deadline=0.4, waits=(1.0,), sleep=slept.append)
    started = time.monotonic()
    fails(hasty, gtts_server.url, r"within 0.4 seconds \(2 tries\)", "is online")
    assert time.monotonic() - started < 10  # the server would drip for a minute, stall for half
    assert slept == [1.0]


def test_a_stall_may_pass(gtts_server: GttsServer, slept):
    gtts_server.then(Answer.STALL)
    assert Transport(read_timeout=1.0, sleep=slept.append).send(request_to(gtts_server.url))
    assert slept == [1.0]


def test_a_closed_port_is_tried_again(transport, slept, monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    fails(transport, f"https://127.0.0.1:{port}", r"failed \(4 tries\)", "is online")
    assert slept == [1.0, 2.0, 4.0]


def test_a_service_without_tls_is_not_spoken_to(slept, monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    heard = []

    def answer_plainly(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection:
            heard.append(connection.recv(65_536))
            connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    with socket.create_server(("127.0.0.1", 0)) as plain:
        service = threading.Thread(target=answer_plainly, args=(plain,))
        service.start()
        url = f"https://127.0.0.1:{plain.getsockname()[1]}"
        fails(Transport(waits=(), sleep=slept.append), url, "No secure connection", "later")
        service.join()
    assert b"Breathe" not in heard[0]


def test_a_proxy_that_fails_is_named_without_its_password(slept, monkeypatch):
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    for name in ("HTTPS_PROXY", "https_proxy"):
        monkeypatch.setenv(name, f"http://ana:secret@127.0.0.1:{port}")
    with pytest.raises(NetworkError, match="proxy on the way") as caught:
        Transport(waits=(), sleep=slept.append).send(request_to("https://127.0.0.1:1"))
    assert "HTTPS_PROXY" in caught.value.hint
    assert "secret" not in str(caught.value)


def test_a_certificate_of_a_stranger_is_refused(
    gtts_server: GttsServer, transport, slept, tmp_path: Path, monkeypatch
):
    stranger = make_certificates(tmp_path)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(stranger.authority))
    fails(transport, gtts_server.url, "certificate .* could not be verified", "date and network")
    assert slept == []
    assert gtts_server.asked == []


def test_a_certificate_for_another_address_is_refused(
    tmp_path: Path, transport, slept, monkeypatch
):
    other = make_certificates(tmp_path, "127.0.0.2")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(other.authority))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with GttsServer(other) as server:
        fails(transport, server.url, "certificate .* could not be verified", "date and network")
        assert server.asked == []
    assert slept == []


@pytest.mark.parametrize("variable", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"])
def test_trust_comes_from_each_variable(
    gtts_server: GttsServer, certificates: Certificates, transport, monkeypatch, variable
):
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"):
        monkeypatch.delenv(name, raising=False)
    fails(transport, gtts_server.url, "could not be verified", "REQUESTS_CA_BUNDLE")
    monkeypatch.setenv(variable, str(certificates.authority))
    assert transport.send(request_to(gtts_server.url))


def test_trust_that_is_not_there_is_named(gtts_server, transport, tmp_path: Path, monkeypatch):
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "gone.pem"))
    fails(transport, gtts_server.url, "certificates .* could not be read", "REQUESTS_CA_BUNDLE")
    assert gtts_server.asked == []
