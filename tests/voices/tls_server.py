"""A server on 127.0.0.1 over real TLS, and the certificates that it needs."""

from __future__ import annotations

import datetime
import enum
import ipaddress
import ssl
import threading
from collections import deque
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass(frozen=True)
class Certificates:
    """Files: `authority` to trust, and the server's own certificate with its key, `leaf`."""

    authority: Path
    leaf: Path


def make_certificates(folder: Path, address: str = "127.0.0.1") -> Certificates:
    """Make an authority and a certificate that it signs for an IP address."""
    authority_key, leaf_key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test authority")])
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test service")])
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


class ScriptedServer:
    """A server on 127.0.0.1 over TLS that is told what to do with the next requests.

    A context manager; `url` is its address. `well` is what it does when nothing is left to do.
    """

    well: enum.Enum

    def __init__(self, certificates: Certificates, handler: type[BaseHTTPRequestHandler]) -> None:
        self.closing = threading.Event()
        self._next: deque[enum.Enum] = deque()
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._tls.load_cert_chain(certificates.leaf)
        self._http = SecuredServer(("127.0.0.1", 0), handler)
        self._http.service = self
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,))
        self.url = f"https://127.0.0.1:{self._http.server_port}"

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def then(self, *deeds: enum.Enum) -> None:
        """Say what is done with the next requests, one each; after them all goes well."""
        self._next.extend(deeds)

    def next(self):
        return self._next.popleft() if self._next else self.well

    def secured(self, connection):
        return self._tls.wrap_socket(connection, server_side=True)


class SecuredServer(ThreadingHTTPServer):
    service: ScriptedServer

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


class QuietHandler(BaseHTTPRequestHandler):
    server: SecuredServer
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def drip(self, slowly: bytes) -> None:
        """Send byte after byte, fifty a second, until the server closes."""
        for byte in slowly:
            if self.server.service.closing.wait(0.02):
                return
            self.wfile.write(bytes([byte]))
