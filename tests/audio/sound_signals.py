"""Signals that several tests of sound use, and PyAV as the independent ear."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np

from serguide.audio.types import Block
from serguide.base.units import SAMPLERATE

HARMLESS = ("misdetection possible", "timescale not set")
"""What FFmpeg says of any MP3 of a few frames, and of any m4a with a cover."""


def tone(dbfs: float, seconds: float, *, hertz: float = 1000.0, channels: int = 2) -> Block:
    """A sine of the same level in all channels; phase 0 at its first sample."""
    t = np.arange(round(seconds * SAMPLERATE)) / SAMPLERATE
    one = 10 ** (dbfs / 20) * np.sin(2 * np.pi * hertz * t)
    return np.repeat(one[:, np.newaxis], channels, axis=1).astype(np.float32)


def silence(seconds: float, *, channels: int = 2) -> Block:
    return np.zeros((round(seconds * SAMPLERATE), channels), np.float32)


def speech_like(seconds: float, *, channels: int = 2, seed: int = 1) -> Block:
    """Bursts of coloured noise, syllable-long, with pauses of digital silence between them."""
    rng = np.random.Generator(np.random.PCG64(seed))
    frames = round(seconds * SAMPLERATE)
    noise = rng.normal(size=(frames, channels))
    coloured = np.apply_along_axis(lambda x: np.convolve(x, np.hanning(40), "same"), 0, noise)
    syllables = np.repeat(rng.uniform(-0.6, 1.0, frames // 6_000 + 1).clip(0.0), 6_000)[:frames]
    envelope = np.convolve(syllables, np.hanning(2_400) / 1_200, "same")
    return (0.03 * coloured * envelope[:, np.newaxis]).astype(np.float32)


def cut(block: Block, *sizes: int) -> Iterator[Block]:
    """The block in pieces of these sizes, over and over."""
    at = index = 0
    while at < block.shape[0]:
        size = sizes[index % len(sizes)]
        yield block[at : at + size]
        at, index = at + size, index + 1


def cut_at_random(block: Block, seed: int) -> Iterator[Block]:
    rng = np.random.Generator(np.random.PCG64(seed))
    return cut(block, *rng.integers(1, 30_000, 50).tolist())


def ebur128(block: Block) -> dict[str, float]:
    """What FFmpeg's meter says: `I` in LUFS, `true_peak` in dBTP."""
    layout = "mono" if block.shape[1] == 1 else "stereo"
    graph = av.filter.Graph()
    source = graph.add_abuffer(
        sample_rate=SAMPLERATE, format="flt", layout=layout, time_base=f"1/{SAMPLERATE}"
    )
    meter = graph.add("ebur128", "peak=true:metadata=1:framelog=quiet")
    sink = graph.add("abuffersink")
    source.link_to(meter)
    meter.link_to(sink)
    graph.configure()
    last: dict[str, str] = {}
    at = 0
    for piece in cut(block, 4_800):
        samples = np.ascontiguousarray(piece).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(samples, format="flt", layout=layout)
        frame.sample_rate, frame.pts = SAMPLERATE, at
        at += piece.shape[0]
        graph.push(frame)
        while True:
            try:
                last = dict(graph.pull().metadata)
            except (BlockingIOError, EOFError):
                break
    peak = float(last["lavfi.r128.true_peak"])
    return {"I": float(last["lavfi.r128.I"]), "true_peak": 20 * np.log10(max(peak, 1e-10))}


def decode(path: Path) -> Block:
    """All samples of a file as PyAV gives them, ±1.0; fails if the decoder complains."""
    av.logging.set_level(av.logging.WARNING)
    try:
        with av.logging.Capture() as log, path.open("rb") as file, av.open(file, "r") as container:
            stream = container.streams.audio[0]
            channels = stream.channels
            found = [_block(frame, channels) for frame in container.decode(stream)]
    finally:
        av.logging.set_level(None)
    complaints = [text for _, _, text in log if not any(known in text for known in HARMLESS)]
    assert complaints == [], complaints
    return np.concatenate(found)


def _block(frame: av.AudioFrame, channels: int) -> Block:
    samples = frame.to_ndarray()
    whole = samples.T if frame.format.is_planar else samples.reshape(-1, channels)
    scale = {"s16": 1 << 15, "s32": 1 << 31}.get(frame.format.name.rstrip("p"), 1)
    return (whole / scale).astype(np.float32)


def clicks(frames: int, positions: list[int], channels: int) -> Block:
    """Short bursts, each with its peak on a sample, in digital silence."""
    t = np.arange(-240, 241) / SAMPLERATE
    burst = 0.5 * np.exp(-((t * 3000) ** 2)) * np.cos(2 * np.pi * 2000 * t)
    out = np.zeros((frames, channels), np.float32)
    for position in positions:
        out[position - 240 : position + 241] += burst[:, np.newaxis].astype(np.float32)
    return out


def found_near(block: Block, position: int) -> int:
    """Where the peak of the burst that belongs at a position is."""
    start = max(position - 600, 0)
    return start + int(np.argmax(np.abs(block[start : position + 600]).max(axis=1)))
