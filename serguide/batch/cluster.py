"""Join a Dask cluster: an executor that hands tasks to its workers (extra `cluster`)."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from typing import Any, Final

from serguide.base.errors import NetworkError, SerguideError

_CLOSING: Final = 5.0  # seconds; a scheduler that is gone takes no leave


class ClusterExecutor(Executor):
    """Hand calls to a cluster, and know whether its scheduler is still there."""

    def __init__(self, client: Any, address: str) -> None:
        self._client, self._address = client, address
        # Trying again is ours: Dask's own would not tell what may pass from what is wrong.
        self._inner = client.get_executor(pure=False, retries=0)
        self._full: set[str] = set()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Hand a call to a worker. Raises NetworkError when the scheduler is gone."""
        self.require_alive()
        handed: Future[Any] = self._inner.submit(fn, *args, **kwargs, **self._where())
        handed.add_done_callback(self._look)
        return handed

    def _where(self) -> dict[str, Any]:
        """Return which workers may be asked, as Dask wants it: failing fast, a full one would be
        asked again and again.
        """
        if not self._full:
            return {}
        roomy = [each for each in self._client.nthreads() if each not in self._full]
        return {"workers": roomy, "allow_other_workers": True} if roomy else {}

    def _look(self, done: Future[Any]) -> None:
        """Remember a worker whose disk is full."""
        if not done.cancelled() and done.exception() is None:
            full_at = getattr(done.result(), "full_at", "")
            if full_at:
                self._full.add(full_at)

    def require_alive(self) -> None:
        """Raise NetworkError when the scheduler is gone: what it had would be waited for forever.

        Dask forgets all tasks with the connection, also where it then finds another scheduler.
        """
        if self._client.status != "running":
            raise NetworkError(
                f"The connection to the Dask scheduler at {self._address} is lost.",
                "see that it runs, and begin again: only what is missing is made",
            )


@contextlib.contextmanager
def joined(address: str) -> Iterator[tuple[Executor, int]]:
    """Give an executor on the cluster of a scheduler, and how many threads its workers have.

    address: `tcp://HOST:8786` or `tls://…`. Raises SerguideError without the extra,
    NetworkError when nobody answers.
    """
    try:
        from distributed import Client
    except ImportError:
        raise SerguideError(
            "Handing work to a cluster needs Dask.", "pip install 'serguide[cluster]'"
        ) from None
    hint = "see that the scheduler runs, and that this machine reaches it"
    try:
        client = Client(address, timeout="10s", set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        message = f"There is no Dask scheduler at {address}: {error}."
        raise NetworkError(message, hint) from error
    try:
        threads = sum(client.nthreads().values())
        if not threads:
            raise NetworkError(
                f"The cluster at {address} has no workers.", "start some, `dask worker`"
            )
        yield ClusterExecutor(client, address), threads
    finally:
        client.close(timeout=_CLOSING)
