"""One studio a user: a lock that the first holds, and a file that tells a second where it is."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import Final

from serguide.base.errors import SerguideError
from serguide.base.files.atomic import write_atomically
from serguide.base.files.failures import explained
from serguide.base.files.locks import sole
from serguide.base.files.temporary import scratch

_FILE: Final = "running.json"
_LOCK: Final = "running.lock"
_PATIENCE: Final = 10.0  # seconds that the first may take between its lock and its first page


@dataclass(frozen=True, slots=True)
class RunningStudio:
    """Hold where a studio runs: its port, its token, and the therapist's own folder."""

    port: int
    token: str = field(repr=False)
    library: str = ""

    @property
    def address(self) -> str:
        """Return the address to be copied into a browser, the token in its fragment."""
        return f"http://127.0.0.1:{self.port}/#{self.token}"

    def entry(self) -> str:
        """Return an address that opens the studio once, for a browser's command line.

        Raises OSError, ValueError when the studio does not answer.
        """
        connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            origin = f"http://127.0.0.1:{self.port}"
            headers = {"X-Serguide-Token": self.token, "Origin": origin}
            connection.request("POST", "/api/codes", headers=headers)
            code = json.loads(connection.getresponse().read())["code"]
            return f"{origin}/#enter={code}"
        finally:
            connection.close()

    def answers(self) -> bool:
        """Say whether a studio with this token answers there."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/api/settings", headers={"X-Serguide-Token": self.token})
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()


@contextlib.contextmanager
def sole_studio(folder: Path) -> Iterator[RunningStudio | None]:
    """Hold the place of the one studio until the block ends, or yield the one that has it.

    folder: the studio's own. Raises SerguideError when it cannot be written, or when a studio
    holds the place and does not answer.
    """
    with contextlib.ExitStack() as stack:
        with explained(f"{folder} cannot be used", SerguideError, "set SERGUIDE_STATE to another"):
            folder.mkdir(0o700, parents=True, exist_ok=True)
            ours = stack.enter_context(sole(folder / _LOCK, 0.0))
        if not ours:
            yield _first(folder)
            return
        yield None


@contextlib.contextmanager
def announced(folder: Path, running: RunningStudio) -> Iterator[None]:
    """Tell where the studio runs, readable by the user alone, until the block ends."""
    with scratch(folder / _FILE) as path:
        with explained(f"{folder} cannot be written", SerguideError, "free the disk"):
            folder.mkdir(0o700, parents=True, exist_ok=True)
            write_atomically(path, json.dumps(asdict(running)).encode(), mode=0o600)
        yield


def _first(folder: Path) -> RunningStudio:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        with contextlib.suppress(OSError, ValueError, TypeError):
            found = RunningStudio(**json.loads((folder / _FILE).read_text(encoding="utf-8")))
            if found.answers():
                return found
        time.sleep(0.1)
    raise SerguideError(
        "a studio runs already, and does not answer",
        "end it where it was started (Ctrl-C), then start the studio again",
    )
