"""Decoder process: decode one audio file and write its sound down a pipe.

A file from anywhere may be made to crash, stall or swell a decoder. Here that ends this process
alone; `audio_file.AudioFileDecoder` is the other end. Run as a script, it imports nothing of
serguide.

    python decoder.py PATH      stdin: a byte for each lap, which begins at once
                                stdout: messages, each a kind, a length and so many bytes
"""

from __future__ import annotations

import contextlib
import faulthandler
import json
import os
import signal
import struct
import sys
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import av

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import InputContainer

MESSAGE = struct.Struct("<cI")
OPENED, LAP, SOUND, END, REFUSED = b"O", b"L", b"S", b"E", b"R"
"""Opened: JSON, `seconds` or null. A lap begins. Sound: float32, stereo. The end of the file, or
JSON that says what is wrong with it."""

SAMPLERATE = 48_000
_CONTAINERS = "wav,w64,rf64,aiff,caf,au,mp3,aac,flac,ogg,mov,mp4,m4a,matroska,webm,amr"
_BAD_PACKETS = 3
_EDGE = 100  # frames that a change of the sampling rate may take from the end
_OGG_PAGE, _OGG_HEAD, _OGG_LAST = 65_307, 27, 4  # bytes of the longest page and of its head; a flag
_PIECE = 23_040 * 8  # bytes; 480 ms
_PATIENCE = 30  # seconds for decoding one piece, which takes a millisecond
_MEMORY = 300_000_000  # bytes beyond what is in use when the file is opened


class _Refused(Exception):  # noqa: N818  (not an error here; the other end words it)
    """The file cannot be used: why, and how many frames were heard before."""

    def __init__(self, why: str, frames: int = 0, seconds: float = 0.0) -> None:
        self.told = {"why": why, "frames": frames, "seconds": seconds}


class _Laps:
    """Count the laps that were asked for; when the other end is gone, end."""

    def __init__(self) -> None:
        self.asked = 0
        self._new = threading.Condition()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while os.read(0, 1):
            with self._new:
                self.asked += 1
                self._new.notify()
        os._exit(0)

    def wait(self, after: int) -> int:
        """Return the number of the newest lap, when there is a newer one."""
        with self._new:
            self._new.wait_for(lambda: self.asked > after)
            return self.asked


def main(path: str) -> None:
    """Serve one file until the other end closes its pipe."""
    # Ctrl-C reaches every process of a terminal; the other end decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit()
    laps, lap = _Laps(), 0
    try:
        with _watched(), _opened(path) as (container, stream):
            seconds = _declared(container, stream)
        _send(OPENED, json.dumps({"seconds": seconds}).encode())
        while True:
            lap = laps.wait(lap)
            _send(LAP)
            for piece in _pieces(path):
                if laps.asked > lap:
                    break
                _send(SOUND, piece)
            else:
                _send(END)
    except _Refused as refused:
        _send(REFUSED, json.dumps(refused.told).encode())
    except MemoryError:
        _send(REFUSED, json.dumps({"why": "memory"}).encode())


def _limit() -> None:
    """Bound memory and forbid writing files, where the system can."""
    try:
        import resource
    except ImportError:
        return
    used = 0
    with contextlib.suppress(OSError), open("/proc/self/statm", "rb") as file:  # noqa: PTH123
        used = int(file.read().split()[0]) * resource.getpagesize()
    limits = {resource.RLIMIT_FSIZE: 0, resource.RLIMIT_CORE: 0}
    if used:
        limits[resource.RLIMIT_AS] = used + _MEMORY
    for which, bound in limits.items():
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(which, (bound, resource.getrlimit(which)[1]))


@contextlib.contextmanager
def _watched() -> Iterator[None]:
    """End the process, wherever it is stuck, when the block takes too long."""
    if hasattr(signal, "alarm"):
        signal.alarm(_PATIENCE)  # nobody handles it, so it kills
        try:
            yield
        finally:
            signal.alarm(0)
        return
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123
        faulthandler.dump_traceback_later(_PATIENCE, exit=True, file=nowhere)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()


@contextlib.contextmanager
def _opened(path: str) -> Iterator[tuple[InputContainer, AudioStream]]:
    # An open file, never a name: FFmpeg follows addresses, playlists and devices.
    with open(path, "rb") as file:  # noqa: PTH123
        try:
            container = av.open(file, "r", options={"format_whitelist": _CONTAINERS})
        except (av.error.FFmpegError, ValueError):
            raise _Refused("no audio") from None
        with container:
            if not container.streams.audio:
                raise _Refused("no sound")
            stream = container.streams.audio[0]
            stream.codec_context.thread_count = 1
            if stream.codec_context.name == "flac":
                # Each of its frames has a check sum, which a decoder does not look at unasked.
                stream.codec_context.options = {"err_detect": "crccheck+explode"}
            yield container, stream


def _pieces(path: str) -> Iterator[bytes]:
    """Yield one lap: float32, stereo, at SAMPLERATE, in pieces of _PIECE bytes but for the last."""
    with _opened(path) as (container, stream):
        sound, held = _sound(path, container, stream), bytearray()
        more = True
        while more:
            with _watched():
                while more and len(held) < _PIECE:
                    piece = next(sound, None)
                    more = piece is not None
                    held += piece or b""
            while len(held) >= _PIECE or (held and not more):
                yield bytes(held[:_PIECE])
                del held[:_PIECE]


def _sound(path: str, container: InputContainer, stream: AudioStream) -> Iterator[bytes]:
    resampler = av.AudioResampler(format="flt", layout="stereo", rate=SAMPLERATE)
    total = 0
    try:
        for frame in _frames(container, stream):
            for piece in resampler.resample(frame):
                total += piece.samples
                yield _bytes(piece)
        for piece in resampler.resample(None):
            total += piece.samples
            yield _bytes(piece)
    except (av.error.FFmpegError, ValueError):
        raise _Refused("damaged", total) from None
    seconds = _declared(container, stream)
    least = 0.97 * (seconds or 0.0) * SAMPLERATE - SAMPLERATE / 10
    if total < least:
        raise _Refused("cut off", total, seconds or 0.0)
    if container.format.name == "flac" and total < (seconds or 0.0) * SAMPLERATE - _EDGE:
        raise _Refused("holes", total)  # it counts its samples; a reader drops what is no frame
    if container.format.name == "ogg" and not _ogg_ends(path):
        raise _Refused("cut off", total)


def _ogg_ends(path: str) -> bool:
    """Say whether an Ogg file's last page is whole and says that it is the last (RFC 3533, 6)."""
    with open(path, "rb") as file:  # noqa: PTH123
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - 2 * _OGG_PAGE))
        data = file.read()
    page = data[data.rfind(b"OggS") :]
    if len(page) < _OGG_HEAD or len(page) < _OGG_HEAD + page[26]:
        return False
    whole = _OGG_HEAD + page[26] + sum(page[_OGG_HEAD : _OGG_HEAD + page[26]])
    return bool(page[5] & _OGG_LAST) and len(page) >= whole


def _frames(container: InputContainer, stream: AudioStream) -> Iterator[av.AudioFrame]:
    # Tags that some programs append to a file end in a packet or two that cannot be decoded.
    # That is no damage; a fault with sound on both sides of it is.
    heard, bad, end = False, 0, 0.0
    for packet in container.demux(stream):
        if packet.is_corrupt:
            raise _Refused("damaged", round(end * SAMPLERATE))
        try:
            frames = packet.decode()
        except av.error.InvalidDataError:
            bad += 1
            frames = []
        if bad > _BAD_PACKETS or (bad and heard and frames):
            raise _Refused("damaged", round(end * SAMPLERATE))
        for frame in frames:
            heard, bad = True, 0
            end = (frame.time or 0.0) + frame.samples / frame.sample_rate
            frame.pts = None  # gaps in time stamps are not sound
            yield frame


def _bytes(frame: av.AudioFrame) -> bytes:
    return bytes(frame.planes[0])[: frame.samples * 8]


def _declared(container: InputContainer, stream: AudioStream) -> float | None:
    # Containers that only guess at their length from their first packets are not held to it:
    # ADTS, and MP3 without the header that encoders write (it also gives a start other than 0).
    name = container.format.name
    if name == "aac" or (name == "mp3" and not stream.start_time):
        return None
    if stream.duration is not None and stream.time_base is not None:
        return float(stream.duration * stream.time_base)
    return container.duration / av.time_base if container.duration else None


def _send(kind: bytes, payload: Any = b"") -> None:
    sys.stdout.buffer.write(MESSAGE.pack(kind, len(payload)) + payload)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError):
        main(sys.argv[1])
    os._exit(0)  # nothing is left to do, and the listening thread would be waited for
