"""Reach a folder at a URL over fsspec: S3 and what speaks like it, memory, and others.

Each write is whole or not at all, and each call is tried again where that may help: a busy server,
a lost connection, a time-out. What is wrong (no right, no bucket) is not. Nothing is remembered of
what was listed, so that what other machines wrote is seen at once.
"""

from __future__ import annotations

import contextlib
import errno
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar
from urllib.parse import urlsplit

from serguide.base.errors import SerguideError, UsageError
from serguide.base.files.temporary import new_name

TRIES: Final = 4
"""Times that a call is made before a folder is said not to answer."""

_PAUSE: Final = 0.2  # seconds before the second try, doubled for each further one
_CONNECT: Final = 5.0  # seconds
_ANSWER: Final = 20.0  # seconds

_WHOLE: Final = {"s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "memory"}
"""Protocols that show an object when all of it is there; elsewhere it is renamed into place."""

_LASTING: Final = (
    errno.EPERM,
    errno.EROFS,
    errno.ENOSYS,
    errno.EMSGSIZE,
    errno.ENAMETOOLONG,
    errno.EINVAL,
)
_WRONG: Final = (PermissionError, NotADirectoryError, IsADirectoryError, FileExistsError)
_PASSING: Final = {
    "HTTPClientError",
    "ConnectionError",
    "ClientConnectionError",
    "ClientPayloadError",
    "IncompleteRead",
    "IncompleteReadError",
    "ResponseParserError",
}
"""Names of what botocore, aiohttp and http.client raise when a connection is lost."""
_SPOILT: Final = ("checksum", "digest", "incomplete")
"""Words of answers that say that bytes were altered or lost on the way."""

_T = TypeVar("_T")


class RemoteError(OSError):
    """A folder at a URL refused, or did not answer; transient: it may at another time."""

    def __init__(self, message: str, transient: bool = False) -> None:
        super().__init__(errno.EIO if transient else errno.EPERM, message)
        self.transient = transient

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.strerror, self.transient)


def is_remote(url: str) -> bool:
    """Tell whether a text is a URL of what is reached over fsspec: not a path, nor `file:`."""
    scheme, mark, _ = url.partition("://")
    return bool(mark) and scheme != "file"


def local_path(text: str) -> Path | None:
    """Return the path that a text is, or that a `file:` URL names; None for one that is remote.

    Raises UsageError for a file of another machine.
    """
    from urllib.request import url2pathname  # with all of HTTP behind it

    if is_remote(text):
        return None
    if not text.startswith("file://"):
        return Path(text)
    parts = urlsplit(text)
    if parts.netloc not in ("", "localhost"):
        raise UsageError(f"{text} is on another machine.", "name a folder: file:///…")
    return Path(url2pathname(parts.path))


class RemoteFolder:
    """Read and write files below a URL; names have forward slashes.

    Methods raise RemoteError, and FileNotFoundError for a name that is not there.
    """

    def __init__(self, url: str) -> None:
        """Open the folder; nothing is asked of it yet. Raises UsageError, SerguideError."""
        scheme = urlsplit(url).scheme
        if scheme in ("http", "https"):
            raise UsageError(
                f"{url} is a web address, which can only be read.",
                "name s3://BUCKET/FOLDER, or a folder",
            )
        if "@" in urlsplit(url).netloc:
            raise UsageError(
                "a URL with a password in it would be read in lists of processes.",
                "give the password as the service has it: AWS_SECRET_ACCESS_KEY, or a profile",
            )
        try:
            import fsspec

            self._fs, root = fsspec.core.url_to_fs(url, **_options(scheme))
        except ImportError as error:
            raise SerguideError(
                f"What is at {scheme}:// cannot be reached: {error}.",
                "pip install 'serguide[cluster]'",
            ) from error
        except ValueError as error:
            raise UsageError(
                f"nothing can be reached at {url}: {error}.", "name s3://BUCKET/FOLDER, or a folder"
            ) from error
        if hasattr(self._fs, "retries"):
            self._fs.retries = 1  # trying again is ours
        self.url, self._root = url.rstrip("/"), str(root).rstrip("/")
        self._renames = scheme not in _WHOLE

    def read(self, name: str, start: int | None = None, end: int | None = None) -> bytes:
        """Return a file's bytes, or those from `start` to before `end`, fewer at its end."""

        def once() -> bytes:
            try:
                return bytes(self._fs.cat_file(self._at(name), start=start, end=end))
            except OSError as error:
                if start is not None and "range" in str(error).lower():
                    return b""  # there is nothing from there on
                raise

        return self._tried(once)

    def write(self, name: str, content: bytes) -> None:
        """Write a file, in place of one that is there."""
        self._tried(lambda: self._into(name, lambda at: self._fs.pipe_file(at, content)))

    def put(self, name: str, source: Path) -> None:
        """Write a file's bytes, in place of one that is there."""
        self._tried(lambda: self._into(name, lambda at: self._fs.put_file(str(source), at)))

    def size(self, name: str) -> int | None:
        """Return a file's size in bytes; None where there is none."""
        try:
            return int(self._tried(lambda: self._fs.info(self._at(name)))["size"])
        except FileNotFoundError:
            return None

    def sizes(self, folder: str) -> dict[str, int]:
        """Return the names of all files below a folder, from there on, with their sizes."""
        top = self._at(folder)
        try:
            found = self._tried(lambda: self._fs.find(top, detail=True))
        except FileNotFoundError:
            return {}
        return {
            path[len(top) :].lstrip("/"): int(told["size"])
            for path, told in found.items()
            if path.startswith(f"{top}/") and told["type"] == "file"
        }

    def remove(self, name: str) -> None:
        """Remove a file if it is there."""

        def once() -> None:
            with contextlib.suppress(FileNotFoundError):
                self._fs.rm_file(self._at(name))

        self._tried(once)

    def probe(self) -> None:
        """Write, read and remove a file. Raises RemoteError where that cannot be."""
        name, content = f"temp/{new_name()}", new_name().encode()
        try:
            self.write(name, content)
            given = self.read(name)
            self.remove(name)
        except FileNotFoundError as error:
            raise RemoteError(f"there is no such place ({error})") from error
        if given != content:
            raise RemoteError("it gives back other bytes than it was given", transient=True)

    def _into(self, name: str, write: Callable[[str], object]) -> None:
        at = self._at(name)
        if not self._renames:
            write(at)
            return
        parent = at.rpartition("/")[0]
        self._fs.makedirs(parent, exist_ok=True)
        temp = f"{parent}/.{new_name()}.tmp"
        try:
            write(temp)
            self._fs.mv(temp, at)
        except BaseException:
            if self._fs.exists(temp):
                self._fs.rm_file(temp)
            raise

    def _at(self, name: str) -> str:
        return f"{self._root}/{name}" if name else self._root

    def _tried(self, call: Callable[[], _T]) -> _T:
        """Make a call until it succeeds, is refused, or was made often enough."""
        for left in reversed(range(TRIES)):
            try:
                return call()
            except FileNotFoundError:
                raise
            except Exception as error:
                if not may_pass(error):
                    raise RemoteError(_reason(error)) from error
                if not left:
                    raise RemoteError(_reason(error), transient=True) from error
                # Spread out, so that machines that failed together do not come back together.
                time.sleep(_PAUSE * 2 ** (TRIES - 1 - left) * random.uniform(0.5, 1.5))
        raise AssertionError("a call is made at least once")


def may_pass(error: Exception) -> bool:
    """Tell whether what a file system raised may go well at another time."""
    if isinstance(error, RemoteError):
        return error.transient
    if isinstance(error, OSError) and not isinstance(error, (*_WRONG, FileNotFoundError)):
        spoilt = any(word in str(error).lower() for word in _SPOILT)
        return spoilt or error.errno not in _LASTING
    return not _PASSING.isdisjoint(kind.__name__ for kind in type(error).__mro__)


def _reason(error: Exception) -> str:
    return (str(error) or type(error).__name__).strip().rstrip(".")


def _options(scheme: str) -> dict[str, Any]:
    """Return what a file system is opened with: one that is asked once, and remembers nothing."""
    options: dict[str, Any] = {"use_listings_cache": False, "skip_instance_cache": True}
    if scheme in ("s3", "s3a"):
        from fsspec.config import conf

        own = conf.get("s3", {}).get("config_kwargs", {})
        asked = {
            "connect_timeout": _CONNECT,
            "read_timeout": _ANSWER,
            "retries": {"total_max_attempts": 1},
        }
        return options | {"config_kwargs": asked | own}
    # Memory is one for a whole process; another instance of it would hold the same.
    return {} if scheme == "memory" else options
