"""Sound files as phones and programs write them: a take in any codec, rate and layout."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import av
import numpy as np
import soundfile
import soxr
from long_takes import RATE


class Kind(NamedTuple):
    """Describe a kind of file: container, codec, samples a second, layout, format of samples."""

    suffix: str
    container: str
    codec: str
    rate: int
    layout: str
    sample: str


KINDS = (
    Kind("m4a", "ipod", "aac", 44_100, "stereo", "fltp"),
    Kind("mp3", "mp3", "libmp3lame", 22_050, "mono", "s16p"),
    Kind("wav", "wav", "pcm_s32le", 96_000, "stereo", "s32"),
    Kind("wav", "wav", "pcm_u8", 8_000, "mono", "u8"),
    Kind("ogg", "OGG", "vorbis", 32_000, "stereo", "fltp"),
    Kind("webm", "webm", "libopus", 48_000, "mono", "flt"),
    Kind("amr", "amr", "libopencore_amrnb", 8_000, "mono", "s16"),
    Kind("flac", "flac", "flac", 44_100, "mono", "s16"),
)


def write_kind(path: Path, samples: np.ndarray, kind: Kind) -> Path:
    """Write mono samples at RATE as a file of a kind; both channels hold the same."""
    resampled = soxr.resample(samples, RATE, kind.rate).astype(np.float32)
    channels = 2 if kind.layout == "stereo" else 1
    planes = np.repeat(resampled[None, :], channels, axis=0)
    if kind.codec == "vorbis":  # PyAV's wheels cannot write it
        soundfile.write(path, planes.T, kind.rate, format=kind.container, subtype="VORBIS")
        return path
    with av.open(str(path), "w", format=kind.container) as file:
        stream = file.add_stream(kind.codec, rate=kind.rate, layout=kind.layout, format=kind.sample)
        to_kind = av.AudioResampler(kind.sample, kind.layout, kind.rate)
        step = kind.rate // 50 * 20
        for at in range(0, planes.shape[1], step):
            piece = np.ascontiguousarray(planes[:, at : at + step])
            frame = av.AudioFrame.from_ndarray(piece, format="fltp", layout=kind.layout)
            frame.sample_rate, frame.pts = kind.rate, at
            for each in to_kind.resample(frame):
                file.mux(stream.encode(each))
        for each in to_kind.resample(None):
            file.mux(stream.encode(each))
        file.mux(stream.encode(None))
    return path
