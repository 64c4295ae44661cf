"""Join a Dask cluster: an executor that hands tasks to its workers (extra `cluster`)."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from concurrent.futures import Executor

from serguide.base.errors import NetworkError, SerguideError


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
        # Trying again is ours: Dask's own would not tell what may pass from what is wrong.
        with client.get_executor(pure=False, retries=0) as executor:
            yield executor, threads
    finally:
        client.close()
