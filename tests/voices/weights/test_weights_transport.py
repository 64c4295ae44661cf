from __future__ import annotations

import time
from pathlib import Path

import pytest
from tls_server import make_certificates
from weights_fixtures import MODEL
from weights_server import Deed

from serguide.base.errors import NetworkError
from serguide.voices.weights.weights_transport import WeightsTransport


@pytest.fixture
def part(tmp_path: Path) -> Path:
    return tmp_path / "x.part"


def fetch(transport, small_piper, part):
    told = []
    transport.fetch(small_piper.model, part, told.append)
    return told


def fails(transport, small_piper, part, message: str, hint: str) -> None:
    with pytest.raises(NetworkError, match=message) as caught:
        transport.fetch(small_piper.model, part, lambda _: None)
    assert caught.value.exit_code == 4
    assert hint in caught.value.hint


def test_a_file_arrives(quick, small_piper, part, weights_server):
    told = fetch(quick, small_piper, part)
    assert part.read_bytes() == MODEL
    assert told[0] == 0
    assert told[-1] == len(MODEL)
    assert told == sorted(told)
    assert weights_server.asked == [("/x.onnx", 0)]


def test_it_goes_on_where_the_connection_broke(quick, small_piper, part, weights_server):
    weights_server.then(Deed.BREAK_OFF, Deed.BREAK_OFF, Deed.FAILED)
    fetch(quick, small_piper, part)
    assert part.read_bytes() == MODEL
    half, more = len(MODEL) // 2, len(MODEL) // 2 + len(MODEL) // 4
    assert [start for _, start in weights_server.asked] == [0, half, more, more]


def test_it_goes_on_with_what_another_run_left(quick, small_piper, part, weights_server):
    part.write_bytes(MODEL[:1000])
    assert fetch(quick, small_piper, part)[0] == 1000
    assert part.read_bytes() == MODEL
    assert weights_server.asked == [("/x.onnx", 1000)]


@pytest.mark.parametrize("deed", [Deed.WITHOUT_RANGES, Deed.OTHER_RANGE, Deed.NO_SUCH_RANGE])
def test_a_server_that_does_not_go_on_gives_it_anew(quick, small_piper, part, weights_server, deed):
    part.write_bytes(b"?" * 1000)
    weights_server.then(deed)
    fetch(quick, small_piper, part)
    assert part.read_bytes() == MODEL


@pytest.mark.parametrize(
    ("deed", "message", "hint", "asked"),
    [
        (Deed.NOT_FOUND, r"does not give x.onnx \(HTTP 404\)", "name its folder", 1),
        (Deed.PAGE, "gives 26 bytes for x.onnx, which has 384,000", "sign-in page", 1),
        (Deed.TO_HTTP, "redirects to an address without TLS", "name its folder", 1),
        (Deed.IN_A_CIRCLE, "redirects in a circle", "name its folder", 6),
        (Deed.FAILED, r"cannot answer now \(HTTP 503\) \(4 tries\)", "same command", 4),
    ],
)
def test_what_does_not_pass_is_told(
    quick, small_piper, part, weights_server, deed, message, hint, asked
):
    weights_server.then(*[deed] * (1 if deed is Deed.IN_A_CIRCLE else 9))
    fails(quick, small_piper, part, message, hint)
    assert len(weights_server.asked) == asked


def test_a_redirect_within_tls_is_followed(quick, small_piper, part, weights_server):
    weights_server.files["/x.onnx?signed=yes"] = MODEL
    weights_server.then(Deed.TO_HTTPS)
    fetch(quick, small_piper, part)
    assert part.read_bytes() == MODEL


def test_a_server_that_only_drips_is_given_up_and_what_came_is_kept(
    small_piper, part, weights_server
):
    weights_server.then(Deed.DRIP)
    hasty = WeightsTransport(slowest=10_000.0, window=0.4, sleep=lambda _: None)
    started = time.monotonic()
    fails(hasty, small_piper, part, "too slow", "goes on where it stopped")
    assert time.monotonic() - started < 60  # all of it would have taken two hours
    kept = part.stat().st_size
    assert 0 < kept < len(MODEL)
    fetch(hasty, small_piper, part)
    assert part.read_bytes() == MODEL
    assert weights_server.asked[-1] == ("/x.onnx", kept)


def test_a_server_that_falls_silent_is_asked_again(small_piper, part, weights_server):
    weights_server.then(Deed.STALL)
    waited = []
    fetch(WeightsTransport(read_timeout=0.3, sleep=waited.append), small_piper, part)
    assert part.read_bytes() == MODEL
    assert waited == [1.0]


def test_a_certificate_of_a_stranger_is_refused(
    quick, small_piper, part, weights_server, tmp_path, monkeypatch
):
    stranger = make_certificates(tmp_path)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(stranger.authority))
    fails(quick, small_piper, part, "certificate .* could not be verified", "date and network")
    assert weights_server.asked == []
    assert not part.exists()
