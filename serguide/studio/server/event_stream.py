"""Streams that a page reads with fetch: events as lines of JSON (NDJSON), and samples.

Their threads are others than those of ordinary requests, which never wait for a stream.

EventSource sends no headers, so it could not carry the token.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import suppress
from typing import Final, TypeAlias

import anyio
from anyio import from_thread, to_thread
from anyio.lowlevel import RunVar
from anyio.streams.memory import MemoryObjectSendStream
from starlette.responses import StreamingResponse

from serguide.base.tasks.cancel import Cancel
from serguide.studio.server.answers import told
from serguide.studio.studio import Studio

BEAT: Final = 10.0
"""Seconds of quiet after which an empty line is sent, so that a lost connection is noticed."""

_WAITING: Final = 256  # events that a slow reader may be behind before the work waits for it
_STREAMS: Final = 200  # threads apart from those of other requests, which never wait for streams

_limit: RunVar[anyio.CapacityLimiter] = RunVar("studio_streams")

Tell: TypeAlias = Callable[[object], None]
Work: TypeAlias = Callable[[Tell, Cancel], None]
"""Do something, telling events (JSON data); cancelled when nobody reads any more."""


def event_stream(studio: Studio, work: Work) -> StreamingResponse:
    """Run work in a thread, and send each event that it tells as a line of JSON.

    An error ends the stream with a line `{"problem": …}`.
    """
    return StreamingResponse(_lines(studio, work), media_type="application/x-ndjson")


async def streamed(pieces: Iterator[bytes], cancel: Cancel) -> AsyncIterator[bytes]:
    """Yield pieces that are made in threads of streams, each when the one before it was taken.

    cancel: is cancelled when nobody reads any more, even while a piece is waited for; the iterator
    ends then, and is let go.
    """
    limiter = _limiter()
    try:
        while piece := await to_thread.run_sync(
            next, pieces, b"", limiter=limiter, abandon_on_cancel=True
        ):
            yield piece
    finally:
        cancel.cancel()


async def _lines(studio: Studio, work: Work) -> AsyncIterator[bytes]:
    cancel = Cancel()
    send, receive = anyio.create_memory_object_stream[object](_WAITING)
    limiter = _limiter()
    async with anyio.create_task_group() as group:
        group.start_soon(_run, studio, work, cancel, send, limiter)
        try:
            async with receive:
                while True:
                    with anyio.move_on_after(BEAT) as waited:
                        try:
                            event = await receive.receive()
                        except anyio.EndOfStream:
                            break
                    yield b"\n" if waited.cancelled_caught else _line(event)
        finally:
            cancel.cancel()
            group.cancel_scope.cancel()


async def _run(
    studio: Studio,
    work: Work,
    cancel: Cancel,
    send: MemoryObjectSendStream[object],
    limiter: anyio.CapacityLimiter,
) -> None:
    def tell(event: object) -> None:
        from_thread.run(send.send, event)

    def run() -> None:
        try:
            work(tell, cancel)
        except anyio.BrokenResourceError:
            pass
        except Exception as error:
            if not cancel.cancelled:
                with suppress(Exception):
                    tell({"problem": told(studio, error)})

    async with send:
        await to_thread.run_sync(run, limiter=limiter, abandon_on_cancel=True)


def _limiter() -> anyio.CapacityLimiter:
    """Return the loop's limit of threads for streams."""
    try:
        return _limit.get()
    except LookupError:
        limiter = anyio.CapacityLimiter(_STREAMS)
        _limit.set(limiter)
        return limiter


def _line(event: object) -> bytes:
    return json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
