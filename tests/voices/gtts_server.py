"""A speech service on 127.0.0.1 that speaks the protocol of Google Translate's, over real TLS.

It reads each request as the service does and answers with real MP3 (24 kHz, mono, 32 kb/s,
as the service's own): one tone a letter. What it does with the next requests is told by
`server.then(Answer.TOO_MANY, ...)`; when that is used up it answers well.
"""

from __future__ import annotations

import base64
import enum
import functools
import json
import unicodedata
from dataclasses import dataclass
from urllib.parse import parse_qs

import lameenc
import numpy as np
from tls_server import Certificates, QuietHandler, ScriptedServer

PATH = "/_/TranslateWebserverUi/data/batchexecute"
PROCEDURE = "jQ1olc"
SAMPLERATE = 24_000
LETTER_MS, BREAK_MS = 80, 20
FRAME_BYTES = 96  # 576 samples at 24 kHz and 32 kb/s


class Answer(enum.Enum):
    """What the service does with a request."""

    WELL = enum.auto()
    WELL_IN_CHUNKS = enum.auto()
    TOO_MANY = enum.auto()
    TOO_MANY_WAIT_7 = enum.auto()
    TOO_MANY_WAIT_UNTIL = enum.auto()
    TOO_MANY_WAIT_1_HOUR = enum.auto()
    FORBIDDEN = enum.auto()
    NOT_FOUND = enum.auto()
    FAILED = enum.auto()
    REDIRECT = enum.auto()
    STALL = enum.auto()
    DRIP_HEAD = enum.auto()
    DRIP_BODY = enum.auto()
    HANG_UP = enum.auto()
    BREAK_OFF = enum.auto()
    HUGE = enum.auto()
    WEB_PAGE = enum.auto()
    NOTHING = enum.auto()
    NO_PART = enum.auto()
    NULL_PART = enum.auto()
    EMPTY_AUDIO = enum.auto()
    BAD_BASE64 = enum.auto()
    CUT_JSON = enum.auto()
    CUT_MP3 = enum.auto()
    SHORT_MP3 = enum.auto()
    HOLED_MP3 = enum.auto()
    NOT_MP3 = enum.auto()
    SILENT_MP3 = enum.auto()
    LOUD_MP3 = enum.auto()


_STATUS = {
    Answer.TOO_MANY: (429, {}),
    Answer.TOO_MANY_WAIT_7: (429, {"Retry-After": "7"}),
    Answer.TOO_MANY_WAIT_UNTIL: (
        429,
        {"Date": "Thu, 01 Jan 2026 00:00:00 GMT", "Retry-After": "Thu, 01 Jan 2026 00:00:09 GMT"},
    ),
    Answer.TOO_MANY_WAIT_1_HOUR: (429, {"Retry-After": "3600"}),
    Answer.FORBIDDEN: (403, {}),
    Answer.NOT_FOUND: (404, {}),
    Answer.FAILED: (503, {}),
    Answer.REDIRECT: (302, {"Location": "https://consent.elsewhere.example/sign-in?t=words"}),
}


def tones(text: str) -> np.ndarray:
    """Return one tone a letter, 80 ms (wide ones 200 ms), 20 ms for the rest; int16, 24 kHz."""
    pieces = [np.zeros(SAMPLERATE // 10)]
    for char in text:
        if unicodedata.category(char)[0] not in "LN":
            pieces.append(np.zeros(SAMPLERATE * BREAK_MS // 1000))
            continue
        wide = unicodedata.east_asian_width(char) in "WF"
        time = np.arange(SAMPLERATE * (200 if wide else LETTER_MS) // 1000) / SAMPLERATE
        pitch = 200 + 10 * (ord(char) % 60)
        pieces.append(np.sin(2 * np.pi * pitch * time) * np.hanning(len(time)))
    pieces.append(np.zeros(SAMPLERATE // 5))
    return (np.concatenate(pieces) * 12_000).astype("<i2")


def mp3(sound: np.ndarray) -> bytes:
    encoder = lameenc.Encoder()
    encoder.set_in_sample_rate(SAMPLERATE)
    encoder.set_out_sample_rate(SAMPLERATE)
    encoder.set_channels(1)
    encoder.set_bit_rate(32)
    encoder.silence()
    return bytes(encoder.encode(sound.tobytes()) + encoder.flush())


@functools.cache
def speech(part: str) -> bytes:
    """Return what the service says for a part, as MP3."""
    return mp3(tones(part))


@dataclass(frozen=True)
class Asked:
    """One request, as the service reads it."""

    part: str
    language: str
    speed: object


class GttsServer(ScriptedServer):
    """The service; `url` is what SERGUIDE_GTTS_URL takes."""

    well = Answer.WELL

    def __init__(self, certificates: Certificates) -> None:
        super().__init__(certificates, _Handler)
        self.asked: list[Asked] = []


class _Handler(QuietHandler):
    def do_POST(self) -> None:  # noqa: N802  (http.server calls it)
        service = self.server.service
        part, language, speed, _ = self._read()
        service.asked.append(Asked(part, language, speed))
        answer = service.next()
        self.close_connection = True
        if answer in _STATUS:
            status, headers = _STATUS[answer]
            self._send(b"<html>no</html>", status, headers)
        elif answer is Answer.STALL:
            service.closing.wait(30)
        elif answer is Answer.DRIP_HEAD:
            self._drip(b"HTTP/1.1 200 OK\r\nX-Slow: " + b"x" * 3000)
        elif answer is Answer.DRIP_BODY:
            self._drip(b"x" * 3000, head=b"HTTP/1.1 200 OK\r\nContent-Length: 3000\r\n\r\n")
        elif answer is Answer.BREAK_OFF:
            body = _body(answer, part)
            self._send(body[: len(body) // 2], length=len(body))
        elif answer is not Answer.HANG_UP:
            self._send(_body(answer, part))

    def _read(self) -> list:
        assert self.path == PATH
        body = self.rfile.read(int(self.headers["Content-Length"])).decode("ascii")
        [[[procedure, argument, _, _]]] = json.loads(parse_qs(body)["f.req"][0])
        assert procedure == PROCEDURE
        return json.loads(argument)

    def _send(self, body: bytes, status: int = 200, headers=None, length=None) -> None:
        self.send_response_only(status)
        for name, value in {
            "Content-Type": "application/json; charset=utf-8",
            "Content-Length": str(len(body) if length is None else length),
            **(headers or {}),
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _drip(self, slowly: bytes, head: bytes = b"") -> None:
        self.wfile.write(head)
        self.drip(slowly)


def _body(answer: Answer, part: str) -> bytes:
    page = b"<!doctype html><title>Before you continue</title>"
    if answer in (Answer.WEB_PAGE, Answer.NOTHING, Answer.HUGE):
        return {
            Answer.WEB_PAGE: page,
            Answer.NOTHING: b"",
            Answer.HUGE: b")]}'\n\n[" + b" " * 400_000 + b"]",
        }[answer]
    audio = {
        Answer.CUT_MP3: lambda whole: whole[: -FRAME_BYTES // 2],
        Answer.SHORT_MP3: lambda whole: whole[: 10 * FRAME_BYTES],
        Answer.HOLED_MP3: lambda whole: whole[:960] + bytes(192) + whole[1152:],
        Answer.NOT_MP3: lambda _: page,
        Answer.SILENT_MP3: lambda _: mp3(np.zeros(SAMPLERATE, dtype="<i2")),
        Answer.LOUD_MP3: lambda _: mp3((tones(part) * 2.7).astype("<i2")),
        Answer.EMPTY_AUDIO: lambda _: b"",
    }.get(answer, lambda whole: whole)(speech(part))
    encoded = base64.b64encode(audio).decode("ascii")
    if answer is Answer.BAD_BASE64:
        encoded = "*" + encoded[1:]
    payload = None if answer is Answer.NULL_PART else json.dumps([encoded])
    envelope = ["wrb.fr", PROCEDURE, payload, None, None, None, "generic"]
    first = "" if answer is Answer.NO_PART else json.dumps(envelope) + "\n,"
    if answer is Answer.WELL_IN_CHUNKS:
        text = f")]}}'\n\n99\n[{json.dumps(envelope)}\n]\n25\n" + '[["e",4,null,null,99]\n]\n'
    else:
        text = f")]}}'\n\n[{first}" + '["di",27]\n,["af.httprm",26,"-668177807451224424",66]\n]'
    return text[: len(text) // 2].encode() if answer is Answer.CUT_JSON else text.encode()
