"""Serving the studio until it is closed: a socket on loopback, uvicorn, and an end in order."""

from __future__ import annotations

import contextlib
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Final

import uvicorn

from serguide.base.errors import UsageError
from serguide.studio.saving.left_over import sweep_left_over
from serguide.studio.server.application import build_application
from serguide.studio.server.arenas import share_arenas
from serguide.studio.server.instance import RunningStudio, announced
from serguide.studio.studio import Studio

_GRACE: Final = 2  # seconds that answers under way have when the studio ends


class _StudioServer(uvicorn.Server):
    """End on signals without raising them anew: ending the studio is no failure."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals to `ending_on_signals`, which begins before the address is known."""
        yield

    @contextlib.contextmanager
    def ending_on_signals(self) -> Iterator[None]:
        """End on Ctrl-C and SIGTERM until the block ends; at once on the second."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        kept = {number: signal.signal(number, self._asked) for number in _SIGNALS}
        try:
            yield
        finally:
            for number, handler in kept.items():
                signal.signal(number, handler)

    def _asked(self, _number: int, _frame: FrameType | None) -> None:
        self.force_exit = self.should_exit
        self.should_exit = True

    def tell(self, started: Callable[[RunningStudio], None], running: RunningStudio) -> None:
        """Call `started` as soon as the studio answers."""
        while not self.started and not self.should_exit:
            time.sleep(0.01)
        if self.started:
            started(running)


_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)


def loopback_socket(port: int) -> socket.socket:
    """Return a socket on 127.0.0.1 that listens; port 0 is a free one. Raises UsageError."""
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        # A port that was just left can be had again at once; on Windows this would share it.
        if hasattr(socket, "SO_REUSEPORT"):
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind(("127.0.0.1", port))
        found.listen(128)
    except (OSError, OverflowError) as error:
        found.close()
        raise UsageError(
            f"port {port} cannot be used", "leave the port out: a free one is found"
        ) from error
    return found


def serve(
    studio: Studio, listening: socket.socket, started: Callable[[RunningStudio], None]
) -> None:
    """Serve until a signal comes or the therapist closes the studio.

    started: called from another thread once it answers.
    """
    share_arenas()
    sweep_left_over(studio.libraries)
    studio.port = listening.getsockname()[1]
    running = RunningStudio(studio.port, studio.token, str(studio.library))
    config = uvicorn.Config(
        build_application(studio),
        log_config=None,
        access_log=False,
        server_header=False,
        lifespan="off",
        http="h11",
        ws="none",
        loop="asyncio",
        timeout_graceful_shutdown=_GRACE,
        timeout_keep_alive=30,
    )
    server = _StudioServer(config)

    def end() -> None:
        server.should_exit = True

    studio.end = end
    with announced(studio.state, running), server.ending_on_signals():
        told = (started, running)
        threading.Thread(target=server.tell, args=told, daemon=True).start()
        try:
            server.run(sockets=[listening])
        finally:
            studio.close()
