"""Fetch one file over HTTPS into a part that survives whatever breaks off.

TLS is verified; a redirect is followed to another https address only, RFC 9110 section 15.4. A
part that is there already is gone on with by a range request (section 14). What may pass by
itself is tried again from where it stands; a server that only drips is given up.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin, urlsplit

from serguide.base.errors import NetworkError
from serguide.base.hints import Hint, Remedy
from serguide.base.https_session import https_session
from serguide.voices.weights.weights_catalogue import WeightsFile

if TYPE_CHECKING:
    import requests

AGAIN: Final = "Run the same command again: it goes on where it stopped."
_CHUNK: Final = 1 << 16
_SMALL_CHUNK: Final = 256
_MOST_REDIRECTS: Final = 5
_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+)")

Told = Callable[[int], object]
"""Called with the bytes that a file has by now."""


def _or_elsewhere(first: str) -> Hint:
    """Return a next step, and the one that is left where this machine does not get the file."""
    return Hint(f"{first} Or fetch it elsewhere, and name its folder.", Remedy("weights_folder"))


_LATER: Final = _or_elsewhere("Try again another day.")
_ONLINE: Final = _or_elsewhere(f"Check that this computer is online. {AGAIN}")


class _Passing(Exception):  # noqa: N818  (not an error to a user: it is tried again)
    """A failure that may pass by itself."""

    def __init__(self, message: str, hint: str = AGAIN) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


@dataclass(frozen=True, slots=True)
class WeightsTransport:
    """Fetch files.

    connect_timeout, read_timeout: seconds of silence borne; slowest: bytes a second over
    `window` seconds below which it is given up; waits: seconds before each further try, counted
    anew whenever something arrived; sleep: waits that many seconds; clock: seconds.
    """

    connect_timeout: float = 15.0
    read_timeout: float = 30.0
    slowest: float = 2_000.0
    window: float = 60.0
    waits: tuple[float, ...] = (1.0, 3.0, 6.0)
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = field(default=time.monotonic)

    def fetch(self, file: WeightsFile, part: Path, told: Told) -> None:
        """Bring a part to the size of a file. Raises NetworkError; OSError where it is written."""
        failed = 0
        while (had := _size(part)) < file.size:
            try:
                self._fetch(file, part, told)
            except _Passing as failure:
                failed = 0 if _size(part) > had else failed + 1
                if failed > len(self.waits) or not self.waits:
                    tries = f" ({failed} tries)" if failed > 1 else ""
                    raise NetworkError(f"{failure.message}{tries}.", failure.hint) from failure
                self.sleep(self.waits[max(0, failed - 1)])

    def _fetch(self, file: WeightsFile, part: Path, told: Told) -> None:
        import requests
        import urllib3

        host = _host(file.url)
        try:
            with https_session(file.url) as session:
                response = self._asked(session, file.url, _size(part))
                with response:
                    self._receive(response, file, part, told)
        except requests.exceptions.SSLError as error:
            if "CERTIFICATE_VERIFY_FAILED" in str(error):
                raise NetworkError(
                    f"The certificate of {host} could not be verified, so nothing was fetched.",
                    "Check the computer's date and network. Behind an inspecting proxy, set"
                    " REQUESTS_CA_BUNDLE to the file with its certificate.",
                ) from error
            raise _Passing(f"The secure connection to {host} failed") from error
        except requests.exceptions.Timeout as error:
            raise _Passing(f"{host} does not answer", _ONLINE) from error
        except urllib3.exceptions.ReadTimeoutError as error:
            raise _Passing(f"{host} fell silent", _ONLINE) from error
        except requests.exceptions.ProxyError as error:
            raise _Passing(
                f"The proxy on the way to {host} did not let the request through",
                _or_elsewhere("Check HTTPS_PROXY and NO_PROXY."),
            ) from error
        except (requests.exceptions.RequestException, urllib3.exceptions.HTTPError) as error:
            raise _Passing(f"The connection to {host} broke", _ONLINE) from error

    def _asked(self, session: requests.Session, url: str, start: int) -> requests.Response:
        """Return the answer to a request for a file from a byte on, redirects followed."""
        import requests

        headers = {"Accept-Encoding": "identity", "User-Agent": "serguide"}
        if start:
            headers["Range"] = f"bytes={start}-"
        for _ in range(_MOST_REDIRECTS + 1):
            response = session.send(
                requests.Request("GET", url, headers=headers).prepare(),
                timeout=(self.connect_timeout, self.read_timeout),
                allow_redirects=False,
                stream=True,
            )
            target = response.headers.get("Location")
            if response.status_code not in (301, 302, 303, 307, 308) or target is None:
                return response
            response.close()
            here, url = _host(url), urljoin(url, target)
            if urlsplit(url).scheme != "https" or not urlsplit(url).hostname:
                raise NetworkError(
                    f"{here} redirects to an address without TLS, which is not followed.",
                    _or_elsewhere(
                        "A sign-in page may stand in the way: open a browser on this network."
                    ),
                )
        raise NetworkError(f"{_host(url)} redirects in a circle.", _LATER)

    def _receive(
        self, response: requests.Response, file: WeightsFile, part: Path, told: Told
    ) -> None:
        host, start = _host(str(response.url)), _size(part)
        status = response.status_code
        if status == 416:  # it does not have what the part goes on with: from the beginning
            part.unlink(missing_ok=True)
            raise _Passing(f"{host} does not go on where it stopped")
        if status == 429 or status >= 500:
            raise _Passing(f"{host} cannot answer now (HTTP {status})")
        if status not in (200, 206):
            raise NetworkError(
                f"{host} does not give {file.name} (HTTP {status}).",
                _LATER,
            )
        if status == 206 and not _goes_on(response, start, file.size):
            part.unlink(missing_ok=True)
            raise _Passing(f"{host} does not go on where it stopped")
        length = response.headers.get("Content-Length", "")
        if status == 200 and length.isdigit() and int(length) != file.size:
            raise NetworkError(
                f"{host} gives {int(length):,} bytes for {file.name}, which has {file.size:,}.",
                _or_elsewhere("A sign-in page may stand in the way, or the file was changed."),
            )
        with part.open("ab" if status == 206 else "wb", buffering=0) as out:
            self._write(response, file, out.write, start if status == 206 else 0, told)

    def _write(
        self,
        response: requests.Response,
        file: WeightsFile,
        write: Callable[[bytes], int],
        have: int,
        told: Told,
    ) -> None:
        """Write what arrives, no more than belongs to the file; give up where it only drips."""
        told(have)
        since, then = self.clock(), have
        for chunk in _arriving(response):
            kept = chunk[: file.size - have]
            while kept:
                kept = kept[write(kept) :]  # a nearly full disk takes a piece of it
            have = min(file.size, have + len(chunk))
            told(have)
            if self.clock() - since >= self.window:
                if have - then < self.slowest * self.window:
                    host = _host(str(response.url))
                    raise NetworkError(f"{host} is too slow: it would take for ever.", AGAIN)
                since, then = self.clock(), have
            if have == file.size:
                return
        raise _Passing(f"{_host(str(response.url))} broke off in the middle of {file.name}")


def _arriving(response: requests.Response) -> Iterator[bytes]:
    """Yield what arrives as soon as it does, so that a drip is seen to be one."""
    read = getattr(response.raw, "read1", None)
    if read is None:  # urllib3 before 2.1
        yield from response.iter_content(_SMALL_CHUNK)
        return
    while chunk := read(_CHUNK):
        yield chunk


def _goes_on(response: requests.Response, start: int, size: int) -> bool:
    found = _RANGE.fullmatch(response.headers.get("Content-Range", ""))
    return found is not None and (int(found[1]), int(found[2])) == (start, size)


def _size(part: Path) -> int:
    try:
        return part.stat().st_size
    except FileNotFoundError:
        return 0


def _host(url: str) -> str:
    return urlsplit(url).hostname or "the server"
