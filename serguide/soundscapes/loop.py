"""Render a recipe's layers as loops in memory, and mix them block by block."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from serguide.audio.levels import REFERENCE_LUFS
from serguide.audio.loudness.meter import measure
from serguide.audio.types import BLOCK_FRAMES, Block, spans
from serguide.base.units import SAMPLERATE, Samples, gain_of
from serguide.cache.versions import stamp
from serguide.soundscapes.layers.model import Layer
from serguide.soundscapes.layers.noise import unit
from serguide.soundscapes.loop_file import Loop, packed, unpacked

LOOP_FRAMES = (5**9, 3**13, 11**6, 2**20, 7**7)
"""Length of the first to the last layer's loop, in frames: 41, 33, 37, 22 and 17 s.

Powers of different primes: quick to transform, and without a common divisor, so that the whole
does not come round again within years. All five take 58 MB.
"""

_MEASURED = Samples(60 * SAMPLERATE)


Keep = Callable[[Mapping[str, object], Callable[[], bytes]], bytes]
"""Return what is kept under an identity, or make it, and keep it."""


def make_anew(_identity: Mapping[str, object], make: Callable[[], bytes]) -> bytes:
    """Keep nothing."""
    return make()


def nothing() -> None:
    """Go on."""


class LoopBed:
    """Play a recipe for ever. Loops are made, or fetched, when the first block is asked for."""

    def __init__(self, layers: Sequence[Layer], keep: Keep = make_anew) -> None:
        self._layers = tuple(layers)
        self._keep = keep
        self._lock = threading.Lock()
        self._loops: tuple[Loop, ...] | None = None

    def identity(self) -> Mapping[str, object]:
        """Return all that shapes the sound: every layer's settings and generator version."""
        layers = [{"version": each.VERSION, **each.model_dump()} for each in self._layers]
        return {"bed": "recipe", "layers": layers, **stamp("loops")}

    any_place = True

    def blocks(self, frames: Samples, first: int = 0) -> Iterator[Block]:
        """Yield the frames from `first` to `frames`, stereo, at REFERENCE_LUFS."""
        return _mixed(self._made(), frames, first)

    def prepare(self, go_on: Callable[[], None] = nothing) -> None:
        """Make the loops, or fetch them; go_on: called between layers, raises to end it."""
        self._made(go_on)

    def _made(self, go_on: Callable[[], None] = nothing) -> tuple[Loop, ...]:
        with self._lock:
            if self._loops is None:
                # Through bytes even when they are new: kept loops must sound the same.
                self._loops = unpacked(self._keep(self.identity(), lambda: self._bytes(go_on)))
            return self._loops

    def _bytes(self, go_on: Callable[[], None]) -> bytes:
        loops = []
        for place, layer in enumerate(self._layers):
            go_on()
            loops.append(_render(place, layer))
        go_on()
        _level(loops, _loudness(loops, _MEASURED))
        return packed(loops)


def _render(place: int, layer: Layer) -> Block:
    # The level is left out of the seed: turning a layer down must not change its sound.
    settings = {"place": place, "version": layer.VERSION, **layer.model_dump(exclude={"level"})}
    digest = hashlib.sha256(json.dumps(settings, sort_keys=True).encode()).digest()
    rng = np.random.Generator(np.random.PCG64(int.from_bytes(digest[:16], "big")))
    loop = unit(layer.render(rng, LOOP_FRAMES[place]))
    once = _loudness([loop], Samples(loop.shape[0]))
    loop *= np.float32(gain_of(REFERENCE_LUFS - once + layer.level))
    return loop


def _level(loops: Sequence[Block], loudness: float) -> None:
    gain = np.float32(gain_of(REFERENCE_LUFS - loudness))
    for loop in loops:
        loop *= gain


def _loudness(loops: Sequence[Block], frames: Samples) -> float:
    whole = [(loop, np.float32(1.0)) for loop in loops]
    return measure(_mixed(whole, frames), channels=2).integrated


def _mixed(loops: Sequence[Loop], frames: Samples, first: int = 0) -> Iterator[Block]:
    for start, end in spans(frames, first):
        block = np.zeros((end - start, 2), np.float32)
        for loop in loops:
            _add_round(block, loop, start % loop[0].shape[0])
        yield block


def _add_round(block: Block, loop: Loop, at: int) -> None:
    # A block is shorter than every loop, so it wraps at most once.
    samples, step = loop
    first = min(block.shape[0], samples.shape[0] - at)
    block[:first] += np.multiply(samples[at : at + first], step, dtype=np.float32)
    if first < block.shape[0]:
        rest = samples[: block.shape[0] - first]
        block[first:] += np.multiply(rest, step, dtype=np.float32)


assert min(LOOP_FRAMES) > BLOCK_FRAMES
