"""The sounds that are listened to: sentences dry, and a whole session cut out of its MP3."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np

from serguide.base.units import SAMPLERATE
from serguide.script.program import Origin, Spoken
from serguide.voices.base import Voice
from serguide.voices.narrate import clip_key

LANGUAGE = "en"
SENTENCES = Path(__file__).with_name("heard_sentences.txt")
"""Thirty sentences: `random.Random(11).sample` of the library's 1,227 of 5 to 18 words."""

SESSION = "the-first-evening"
_AROUND = 0.3  # seconds of silence before and after a dry sentence
_MARGIN = 0.2  # seconds before and after a sentence that is cut out of a session
_TIMES = re.compile(r"(\d+):(\d\d):(\d\d\.\d+) --> (\d+):(\d\d):(\d\d\.\d+)")


def sentences() -> list[str]:
    """Return the thirty."""
    return SENTENCES.read_text("utf-8").splitlines()


def dry(voice: Voice, text: str, kept: Path) -> np.ndarray:
    """Return a sentence at the voice's own pace, at SAMPLERATE; spoken once, then kept."""
    spoken = Spoken(text, text, LANGUAGE, Origin("heard", 1), 1)
    path = kept / "dry" / f"{clip_key(voice, spoken)}.npy"
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        np.save(path, voice.speak(text, sentence=spoken).samples[:, 0])
    clip: np.ndarray = np.load(path)
    return np.pad(clip, round(_AROUND * SAMPLERATE))


def rendered(voice: str, folder: Path) -> Path:
    """Render the first evening as MP3 with its soundscape; return the bundle's folder."""
    command = [sys.executable, "-m", "serguide", "render", SESSION, "--voice", voice]
    more = ["--format", "mp3", "--jobs", "1", "-o", str(folder)]
    subprocess.run([*command, *more], check=True, stdout=sys.stderr, env={**os.environ})
    return folder


def cut_out(bundle: Path) -> Iterator[tuple[str, np.ndarray]]:
    """Give each caption of a bundle and its sound in the mix, both ears as one, at SAMPLERATE."""
    sound = decoded(bundle / "session.mp3")
    for start, end, text in captions((bundle / "captions.vtt").read_text("utf-8")):
        first = max(0, round((start - _MARGIN) * SAMPLERATE))
        yield text, sound[first : round((end + _MARGIN) * SAMPLERATE)]


def captions(vtt: str) -> Iterator[tuple[float, float, str]]:
    """Give start and end in seconds and the text of each cue of a WebVTT file."""
    for block in vtt.split("\n\n"):
        _, found, text = block.partition("-->")
        times = _TIMES.search(block)
        if found and times:
            numbers = [float(group) for group in times.groups()]
            begin, end = (
                3600 * hours + 60 * minutes + seconds
                for hours, minutes, seconds in (numbers[:3], numbers[3:])
            )
            yield begin, end, " ".join(text.split("\n")[1:]).strip()


def decoded(path: Path) -> np.ndarray:
    """Decode a sound file to mono float32 at SAMPLERATE; shape (frames,)."""
    with av.open(str(path)) as container:
        resampler = av.AudioResampler("flt", "mono", SAMPLERATE)
        parts = [
            out.to_ndarray()[0]
            for frame in [*container.decode(audio=0), None]
            for out in resampler.resample(frame)
        ]
    return np.concatenate(parts)
