"""A speech service on 127.0.0.1 that speaks the protocol of Google Translate's, over real TLS.

It reads each request as the service does and answers with real MP3 (24 kHz, mono, 32 kb/s,
as the service's own): one tone a letter. What it does with the next requests is told by
`server.then(Answer.TOO_MANY, ...)`; when that is used up it answers well.
"""

from __future__ import annotations

import base64
import datetime
import enum
import functools
import ipaddress
import json
import ssl
import threading
import unicodedata
from collections import deque
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import lameenc
import numpy as np
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

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


@dataclass(frozen=True)
class Certificates:
    """Files: `authority` to trust, and the server's own certificate with its key, `leaf`."""

    authority: Path
    leaf: Path


def make_certificates(folder: Path, address: str = "127.0.0.1") -> Certificates:
    """Make an authority and a certificate that it signs for an IP address."""
    authority_key, leaf_key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test authority")])
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test speech service")])
    authority = (
        _unsigned(issuer, issuer, authority_key.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_signing_only(), critical=True)
        .sign(authority_key, hashes.SHA256())
    )
    identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key())
    name = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))])
    leaf = (
        _unsigned(subject, issuer, leaf_key.public_key())
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(identifier, critical=False)
        .add_extension(name, critical=False)
        .sign(authority_key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    files = Certificates(folder / "authority.pem", folder / "leaf.pem")
    files.authority.write_bytes(authority.public_bytes(pem))
    files.leaf.write_bytes(
        leaf.public_bytes(pem)
        + leaf_key.private_bytes(
            pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return files


def _unsigned(subject, issuer, public_key) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC))
        .not_valid_after(datetime.datetime(2099, 1, 1, tzinfo=datetime.UTC))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
    )


def _signing_only() -> x509.KeyUsage:
    others = (
        "digital_signature content_commitment key_encipherment data_encipherment key_agreement "
        "crl_sign encipher_only decipher_only"
    )
    return x509.KeyUsage(key_cert_sign=True, **dict.fromkeys(others.split(), False))


class GttsServer:
    """The service: a context manager; `url` is what SERGUIDE_GTTS_URL takes."""

    def __init__(self, certificates: Certificates) -> None:
        self.asked: list[Asked] = []
        self.closing = threading.Event()
        self._answers: deque[Answer] = deque()
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._tls.load_cert_chain(certificates.leaf)
        self._http = _Server(("127.0.0.1", 0), _Handler)
        self._http.service = self
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,))
        self.url = f"https://127.0.0.1:{self._http.server_port}"

    def __enter__(self) -> GttsServer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def then(self, *answers: Answer) -> None:
        """Say what is done with the next requests, one each; after them all goes well."""
        self._answers.extend(answers)

    def next_answer(self) -> Answer:
        return self._answers.popleft() if self._answers else Answer.WELL

    def secured(self, connection):
        return self._tls.wrap_socket(connection, server_side=True)


class _Server(ThreadingHTTPServer):
    service: GttsServer

    def finish_request(self, request, client_address):
        # Here, in the connection's own thread, so that a failed handshake disturbs nobody.
        try:
            secured = self.service.secured(request)
        except OSError:  # the client did not like the certificate
            return
        with secured:
            self.RequestHandlerClass(secured, client_address, self)

    def handle_error(self, request, client_address):
        """Say nothing: clients that hang up are what is tested."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def do_POST(self) -> None:
        service = self.server.service
        part, language, speed, _ = self._read()
        service.asked.append(Asked(part, language, speed))
        answer = service.next_answer()
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
        for byte in slowly:
            if self.server.service.closing.wait(0.02):
                return
            self.wfile.write(bytes([byte]))


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
