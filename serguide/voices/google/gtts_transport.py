"""Send one request and receive its answer, within bounds of time, size and place.

TLS is verified, against REQUESTS_CA_BUNDLE, CURL_CA_BUNDLE or SSL_CERT_FILE if one is set.
No redirect is followed: text goes to the host that was named, or nowhere. What may pass by
itself (HTTP 429 and 5xx, a broken connection, a time-out) is tried again on a fixed schedule;
what will not (a refusal, a bad certificate) is not.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import requests

from serguide.base.errors import NetworkError
from serguide.base.hints import Hint, Remedy
from serguide.base.https_session import https_session

__all__ = ["LATER", "PAGE", "Transport"]

_CHUNK = 256
_OFFLINE = Remedy("voice", "espeak")
LATER = Hint("Try again later, or use an offline voice.", _OFFLINE)
"""The next step when nothing better is known."""

_ONLINE = Hint(f"Check that this computer is online. {LATER}", _OFFLINE)
_BLOCKED = Hint(
    "Wait some minutes and start again: what was spoken is kept. Or use an offline voice.",
    _OFFLINE,
)
PAGE = Hint(
    "A sign-in or consent page may stand in the way: open a browser on this network,"
    " or use an offline voice.",
    _OFFLINE,
)


class _Passing(Exception):  # noqa: N818  (not an error to a user: it is tried again)
    """A failure that may pass by itself; wait: what the service asks for, in seconds."""

    def __init__(self, message: str, hint: str, wait: float = 0.0) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Transport:
    """Send requests.

    connect_timeout, read_timeout: seconds of silence borne; deadline: seconds for one request
    from name look-up to last byte, however it trickles; waits: seconds before each further
    try; longest_wait: the longest `Retry-After` that is obeyed, in seconds; largest_answer: in
    bytes; sleep: waits that many seconds.
    """

    connect_timeout: float = 10.0
    read_timeout: float = 20.0
    deadline: float = 30.0
    waits: tuple[float, ...] = (1.0, 2.0, 4.0)
    longest_wait: float = 60.0
    largest_answer: int = 4_000_000
    sleep: Callable[[float], None] = time.sleep

    def send(self, request: requests.PreparedRequest) -> bytes:
        """Return the body of the answer to a request, once its status is 200.

        Raises NetworkError, which says what happened and what to do.
        """
        for attempt, wait in enumerate((*self.waits, None), start=1):
            try:
                return self._within_deadline(request)
            except _Passing as failure:
                if wait is None or failure.wait > self.longest_wait:
                    tries = f" ({attempt} tries)" if attempt > 1 else ""
                    raise NetworkError(f"{failure.message}{tries}.", failure.hint) from failure
                self.sleep(max(wait, failure.wait))
        raise AssertionError("the last try returns or raises")

    def _within_deadline(self, request: requests.PreparedRequest) -> bytes:
        """Exchange in a thread of its own, which is left behind when the time is up.

        A socket's time-out starts anew with every byte, and a name look-up has none; waiting
        for a thread has one. The thread is a daemon and does nothing but fail later.
        """
        answers: list[bytes] = []
        failures: list[BaseException] = []

        def exchange() -> None:
            try:
                answers.append(self._exchange(request))
            except BaseException as error:
                failures.append(error)

        worker = threading.Thread(target=exchange, name="gtts request", daemon=True)
        worker.start()
        worker.join(self.deadline)
        if failures:
            raise failures[0]
        if answers:
            return answers[0]
        raise self._too_slow(_host(request))

    def _exchange(self, request: requests.PreparedRequest) -> bytes:
        host = _host(request)
        try:
            with (
                https_session(str(request.url)) as session,
                session.send(
                    request,
                    timeout=(self.connect_timeout, self.read_timeout),
                    allow_redirects=False,
                    stream=True,
                ) as response,
            ):
                _check_status(response, host)
                return self._body(response, host)
        except requests.exceptions.SSLError as error:
            if "CERTIFICATE_VERIFY_FAILED" in str(error):
                raise NetworkError(
                    f"The certificate of {host} could not be verified, so nothing was sent.",
                    "Check the computer's date and network. Behind an inspecting proxy, set"
                    " REQUESTS_CA_BUNDLE to the file with its certificate.",
                ) from error
            raise _Passing(f"No secure connection to {host} came about", LATER) from error
        except requests.exceptions.ConnectTimeout as error:
            raise _Passing(f"{host} could not be reached in time", _ONLINE) from error
        except requests.exceptions.Timeout as error:
            raise self._too_slow(host) from error
        except requests.exceptions.ProxyError as error:
            raise _Passing(
                f"The proxy on the way to {host} did not let the request through",
                Hint("Check HTTPS_PROXY and NO_PROXY, or use an offline voice.", _OFFLINE),
            ) from error
        except (
            requests.exceptions.ChunkedEncodingError,
            requests.exceptions.ContentDecodingError,
        ) as error:
            raise _Passing(f"{host} broke off in the middle of its answer", LATER) from error
        except requests.exceptions.ConnectionError as error:
            if "Read timed out" in str(error):  # While the body is read, it comes in this guise.
                raise self._too_slow(host) from error
            raise _Passing(f"The connection to {host} failed", _ONLINE) from error
        except requests.exceptions.RequestException as error:
            raise NetworkError(f"The request to {host} failed.", LATER) from error
        except OSError as error:
            raise NetworkError(
                f"The certificates to verify {host} with could not be read, so nothing was sent.",
                "Point REQUESTS_CA_BUNDLE, CURL_CA_BUNDLE or SSL_CERT_FILE to a file that is"
                " there, or unset it.",
            ) from error

    def _body(self, response: requests.Response, host: str) -> bytes:
        body = bytearray()
        until = time.monotonic() + self.deadline
        for chunk in response.iter_content(_CHUNK):
            body += chunk
            if len(body) > self.largest_answer:
                raise NetworkError(
                    f"{host} answered with more than {self.largest_answer:,} bytes,"
                    " which cannot be one part's speech.",
                    LATER,
                )
            if time.monotonic() > until:
                raise self._too_slow(host)
        return bytes(body)

    def _too_slow(self, host: str) -> _Passing:
        return _Passing(f"{host} did not answer in full within {self.deadline:g} seconds", _ONLINE)


def _host(request: requests.PreparedRequest) -> str:
    return urlsplit(str(request.url)).hostname or "the service"


def _check_status(response: requests.Response, host: str) -> None:
    status = response.status_code
    if status == 200:
        return
    if status == 429:
        wait = _retry_after(response)
        asks = f" and asks to wait {wait:g} seconds" if wait else ""
        raise _Passing(
            f"{host} refuses because of too many requests (HTTP 429){asks}", _BLOCKED, wait
        )
    if status >= 500:
        raise _Passing(f"{host} failed (HTTP {status})", LATER, _retry_after(response))
    if 300 <= status < 400:
        target = urlsplit(response.headers.get("Location", "")).hostname or "another page"
        raise NetworkError(
            f"{host} redirects to {target} (HTTP {status}), which is not followed, so that the"
            " text goes nowhere else.",
            PAGE,
        )
    raise NetworkError(
        f"{host} refuses the request (HTTP {status}).",
        Hint(
            "The service may block this network or have changed: try another network, update"
            " serguide, or use an offline voice.",
            _OFFLINE,
        ),
    )


def _retry_after(response: requests.Response) -> float:
    """Return what `Retry-After` asks for (RFC 9110 §10.2.3), in seconds; 0 if nothing usable.

    A date is taken relative to the answer's own, so that this computer's clock plays no part.
    """
    asked = response.headers.get("Retry-After", "").strip()
    if asked.isascii() and asked.isdigit():
        return float(asked[:9])
    try:
        until = parsedate_to_datetime(asked)
        return max(0.0, (until - parsedate_to_datetime(response.headers["Date"])).total_seconds())
    except (KeyError, TypeError, ValueError):
        return 0.0
