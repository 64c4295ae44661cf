"""Run the model: one session of onnxruntime for all threads, with the length of every token.

Measured on two cores: memory grows with the seconds that are spoken at once, so there are few of
them, and a run has two threads of its own, which give the same samples as one to the bit. These
wait asleep: spinning, they collapse on a busy machine. A sentence comes 1.6 times sooner than by
one thread, a whole session 1.3 times sooner than with as much memory and one thread for each run.
Without its arena of memory it takes 1.7 GB.

The exported model gives sound alone. Serialised messages of Protocol Buffers merge when one
follows the other (Protocol Buffers, Encoding, “Last One Wins”: repeated fields are concatenated),
so a few bytes behind the file name one more output of the graph: how many frames each token
takes. The sound stays the same to the bit.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from serguide.base.errors import VoiceError
from serguide.base.hints import Hint, Remedy

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

SAMPLERATE: Final = 24_000
"""Of the model's sound, in Hz."""

FRAME: Final = 600
"""Samples in a frame, of which a token takes a whole number."""

STYLE: Final = (510, 1, 256)
"""Shape of a style: a vector for each count of tokens."""

_TOKEN: Final = 0.065  # seconds of a token at speed 1, about
AT_ONCE: Final = 7.0
"""Seconds that are spoken at once by all threads; for each the model takes some 25 MB."""

_THREADS: Final = 2
"""Within one run of the model."""

_LENGTHS: Final = b"/encoder/Clip_output_0"


class ModelSound(NamedTuple):
    """Hold what the model gives.

    samples: shape (n,), float32, at SAMPLERATE; frames: shape (tokens + 2,), int64, of the pad,
    of each token and of the pad behind.
    """

    samples: npt.NDArray[np.float32]
    frames: npt.NDArray[np.int64]


class _Room:
    """Keep what is spoken at once within a number of seconds, because memory grows with them."""

    def __init__(self, most: float) -> None:
        self._most = most
        # Kept one by one: a sum that is added to and taken from need not come back to nothing,
        # and what is longer than all the room would then wait for ever.
        self._taken: list[float] = []
        self._changed = threading.Condition()

    @contextmanager
    def taken(self, seconds: float) -> Iterator[None]:
        """Wait until there is room, or nothing else speaks, and hold it."""
        with self._changed:
            self._changed.wait_for(
                lambda: not self._taken or sum(self._taken) + seconds <= self._most
            )
            self._taken.append(seconds)
        try:
            yield
        finally:
            with self._changed:
                self._taken.remove(seconds)
                self._changed.notify_all()


class KokoroModel:
    """Speak tokens; threads may share it."""

    def __init__(self, parts: Sequence[Path]) -> None:
        """Load the model from files that are one, end to end. Raises VoiceError."""
        try:
            import onnxruntime
        except ImportError as error:
            raise VoiceError(
                f"Kokoro needs onnxruntime, which cannot be loaded: {error}.",
                "Install it: `pip install 'serguide[natural]'`.",
            ) from error
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads = _THREADS, 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.log_severity_level = 3
        # More costs a third of a second at loading, and gives the same samples no sooner.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
        try:
            whole = b"".join(path.read_bytes() for path in parts) + _one_more_output(_LENGTHS)
            self._session: Any = onnxruntime.InferenceSession(
                whole, options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # of onnxruntime, whose classes are no part of its interface
            raise VoiceError(
                f"The model of Kokoro cannot be read: {_said(error)}",
                Hint("Get it again.", Remedy("get_voice", "kokoro")),
            ) from error
        # Kept for sessions that change to another processor, which ours never does: 92 MB.
        vars(self._session).pop("_model_bytes", None)
        self._room = _Room(AT_ONCE)
        # What a run took is given back at its end: else the longest two would stay for good, beside
        # all that mixing takes. It costs 2 % of a run.
        self._giving_back = onnxruntime.RunOptions()
        self._giving_back.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")

    def speak(
        self, tokens: Sequence[int], style: npt.NDArray[np.float32], speed: float
    ) -> ModelSound:
        """Return the sound of tokens. style: shape STYLE; speed: 1 is the model's own.

        Raises VoiceError.
        """
        import numpy as np

        fed = {
            "tokens": np.array([[0, *tokens, 0]], np.int64),
            "style": style[min(len(tokens), len(style)) - 1],
            "speed": np.array([speed], np.float32),
        }
        try:
            with self._room.taken(len(tokens) * _TOKEN / speed):
                samples, frames = self._session.run(
                    ["audio", _LENGTHS.decode()], fed, self._giving_back
                )
        except Exception as error:  # as above
            raise VoiceError(
                f"Kokoro could not speak: {_said(error)}",
                "Close other programs if memory is short, or choose another voice.",
            ) from error
        return ModelSound(samples.ravel(), np.rint(frames.ravel()).astype(np.int64))


_loading = threading.Lock()


def shared_model(parts: tuple[Path, ...]) -> KokoroModel:
    """Return the model of these files, loaded once for all threads. Raises VoiceError."""
    with _loading:
        return _model(parts)


def load_ahead(parts: tuple[Path, ...]) -> None:
    """Begin to load the model of these files in a thread of its own, once.

    What goes wrong is said by shared_model(). The program waits for the thread when it ends:
    onnxruntime does not bear to be ended while it loads.
    """
    if parts in _AHEAD:
        return
    _AHEAD.add(parts)

    def load() -> None:
        with contextlib.suppress(VoiceError):
            shared_model(parts)

    threading.Thread(target=load, name="kokoro ahead").start()


_AHEAD: Final[set[tuple[Path, ...]]] = set()


@cache
def _model(parts: tuple[Path, ...]) -> KokoroModel:
    return KokoroModel(parts)


def _one_more_output(name: bytes) -> bytes:
    """Return a message of an ONNX model that has one output in its graph, and nothing else.

    ModelProto.graph is field 7, GraphProto.output 12, ValueInfoProto.name 1 (onnx.proto).
    """
    for field in (1, 12, 7):
        name = bytes((field << 3 | 2, len(name))) + name
    return name


def _said(error: Exception) -> str:
    return str(error).splitlines()[0][:200] if str(error) else type(error).__name__
