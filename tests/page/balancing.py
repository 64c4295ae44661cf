"""Sounds in which voice and bed are told apart by ear, and an ear for what leaves the page."""

from __future__ import annotations

import json
import wave
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
from samples import TrackMaker, contents_of, ground_track, session

from serguide.bundle.model import BALANCE, AudioFile, Contents
from serguide.bundle.page.html import page_html
from serguide.encode.formats import STEMS_OPUS

SAMPLERATE = 48_000
VOICE, BED = 500, 3000
"""Hz of what stands for the voice and for the bed."""

LEVEL = 0.2

CAPTURE = """
(() => {
  window.captured = [];
  const connect = AudioNode.prototype.connect;
  AudioNode.prototype.connect = function (to, ...more) {
    if (to instanceof AudioDestinationNode && !this.tapped) {
      const tap = this.context.createScriptProcessor(1024, 2, 2);
      tap.tapped = true;
      window.rate = this.context.sampleRate;
      tap.onaudioprocess = ({ inputBuffer }) =>
        window.captured.push(...inputBuffer.getChannelData(0));
      connect.call(this, tap);
      connect.call(tap, to);
    }
    return connect.call(this, to, ...more);
  };
})()
"""
"""Keeps what goes to the loudspeaker by way of Web Audio: the stems, not the session's element."""

SLIDER = "document.querySelector('#balance-slider')"
SHARE = (
    "Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'volume')"
    ".get.call(document.querySelector('#session-audio'))"
)
"""The volume of the session's own element, whatever the stems have of it."""

OVER = f"{SHARE} === 0"
"""The stems stand for the session."""

STEMS = "document.querySelector('#balance-audio')"


def balanced_page(
    folder: Path, minute: np.ndarray, minutes: int, *, stems: bool = True
) -> Contents:
    """Write a page whose session is a minute over and over; minute: shape (frames, 4)."""
    frames = minutes * 60 * SAMPLERATE
    track = TrackMaker("tone").say("A tone.", seconds=50).rest(frames / SAMPLERATE - 52).done()
    contents = contents_of(session(track, ground=ground_track()), suffix=".wav")
    if stems:
        contents = replace(
            contents, balance=AudioFile(BALANCE, "0" * 64, contents.audio.start, contents.audio.end)
        )
        _repeated(minute, minutes, folder / BALANCE)
    mixed = minute[:, :2].mean(axis=1) + minute[:, 2:].mean(axis=1)
    _write_wav(folder / contents.audio.path, np.tile(mixed[::6], minutes))
    _write_wav(folder / contents.ground.path, mixed[::6])
    (folder / "index.html").write_text(page_html(contents), encoding="utf-8")
    return contents


def tones() -> np.ndarray:
    """A minute of a voice and a bed that both go on."""
    return _stems(np.ones(SAMPLERATE))


def clicks() -> np.ndarray:
    """A minute in which both are heard at every full second, at the same sample."""
    beat = np.zeros(SAMPLERATE)
    beat[: SAMPLERATE // 25] = np.hanning(SAMPLERATE // 25)
    return _stems(beat)


def level(sound: np.ndarray, pitch: float, rate: float) -> float:
    """Return the amplitude of a pitch in a sound: the usual one, where a busy machine left gaps."""
    width = min(len(sound), round(rate / 20))
    window = np.hanning(width)
    tone = window * np.exp(-2j * np.pi * pitch * np.arange(width) / rate)
    cuts = [sound[at : at + width] for at in range(0, len(sound) - width + 1, width)]
    return float(np.median([2 * abs(np.sum(cut * tone)) / window.sum() for cut in cuts]))


def beats(sound: np.ndarray, pitch: float, rate: float) -> np.ndarray:
    """Return the seconds at which a pitch is heard loudest, a beat each."""
    width = round(rate * 0.02)
    at = np.arange(len(sound)) / rate
    tone = sound * np.exp(-2j * np.pi * pitch * at)
    loud = np.abs(np.convolve(tone, np.hanning(width) / width, "same"))
    over = loud > 0.4 * loud.max()
    edges = np.flatnonzero(np.diff(over.astype(int), prepend=0, append=0))
    starts, ends = edges[::2], edges[1::2]
    found = [
        start + np.average(np.arange(end - start), weights=loud[start:end])
        for start, end in zip(starts, ends, strict=False)
        if end - start > width // 4
    ]
    # A beat that the recording cuts through is none to measure.
    return np.array([beat for beat in found if 0.1 < beat / rate < len(sound) / rate - 0.1]) / rate


def _stems(envelope: np.ndarray) -> np.ndarray:
    at = np.arange(SAMPLERATE) / SAMPLERATE
    pair = [LEVEL * envelope * np.sin(2 * np.pi * pitch * at) for pitch in (VOICE, BED)]
    return np.tile(np.stack([pair[0], pair[0], pair[1], pair[1]], axis=1), (60, 1)).astype("<f4")


def _write_wav(path: Path, sound: np.ndarray) -> None:
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, SAMPLERATE // 6, 0, "NONE", ""))
        file.writeframes(np.round(32767 * sound).astype("<i2").tobytes())


def _repeated(minute: np.ndarray, times: int, path: Path) -> None:
    """Encode a minute once, and write its packets so many times: an hour takes as long."""
    once = path.with_suffix(".once.mp4")
    with STEMS_OPUS.open(once, 4) as encoder:
        encoder.write(minute)
    with av.open(str(once)) as source, av.open(str(path), "w", format="mp4") as target:
        stream = target.add_stream_from_template(source.streams.audio[0])
        packets = [(bytes(packet), packet) for packet in source.demux(audio=0) if packet.size]
        # Whole packets: the last one holds less of the minute.
        packets = packets[: 60 * 50]
        for number in range(times):
            for content, packet in packets:
                copy = av.Packet(content)
                copy.stream, copy.time_base = stream, packet.time_base
                copy.pts = copy.dts = packet.pts + number * 60 * SAMPLERATE
                copy.duration = packet.duration
                target.mux(copy)
    once.unlink()


def set_to(one, value):
    one.get(
        f"((s) => {{ s.value = {value}; s.dispatchEvent(new Event('input')); }})"
        "(document.querySelector('#balance'))"
    )


def heard(one, seconds=0.8):
    """Return what is heard in the next seconds, and its rate."""
    one.get("window.captured.length = 0")
    one.page.wait_for_timeout(1000 * seconds)
    return np.array(json.loads(one.get("JSON.stringify(window.captured)"))), one.get("window.rate")
