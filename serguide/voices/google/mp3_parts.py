"""Decode MP3 bytes into a Clip, or say what is wrong with them.

A decoder is forgiving: it conceals a damaged frame and stops quietly at a cut. So the frames
are walked by their headers first (ISO/IEC 11172-3 §2.4.1 and 13818-3 for the lower sampling
rates): every frame must begin where the one before it ends, and the last must be whole. Then
what the decoder gives is held against that count.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

import av
import numpy as np

from serguide.audio.types import Block, Clip

__all__ = ["DamagedMp3Error", "decode_mp3"]

_MPEG1, _MPEG2, _MPEG25 = 3, 2, 0
_LAYER_3 = 1
_KBITS_MPEG1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_KBITS_MPEG2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_RATES = {
    _MPEG1: (44_100, 48_000, 32_000),
    _MPEG2: (22_050, 24_000, 16_000),
    _MPEG25: (11_025, 12_000, 8_000),
}
_HEADER_BYTES = 4
_ID3_HEADER_BYTES = 10
_ID3V1_BYTES = 128
_DECODER_SLACK = 2
"""Frames by which a decoder may give less: its own delay, and a header frame without sound."""


class DamagedMp3Error(ValueError):
    """Bytes are not one whole, undamaged MP3 stream; the message says why."""


@dataclass(frozen=True, slots=True)
class _Frame:
    size: int
    samples: int
    samplerate: int


def decode_mp3(data: bytes) -> Clip:
    """Decode a whole MP3 stream: samples of shape (frames, 1), float32, at its own rate, in Hz.

    More channels than one are averaged. Raises DamagedMp3Error when the stream is empty, is
    something else, is cut off, or does not decode to as much sound as its frames promise.
    """
    frames = _walk(data)
    samplerate = frames[0].samplerate
    samples = _decoded(data, samplerate)
    promised = sum(frame.samples for frame in frames)
    if len(samples) < promised - _DECODER_SLACK * frames[0].samples:
        raise DamagedMp3Error(
            f"only {len(samples)} of {promised} samples could be decoded: it is damaged"
        )
    if not np.isfinite(samples).all():
        raise DamagedMp3Error("it decodes to something that is not sound: it is damaged")
    return Clip(samples, samplerate)


def _walk(data: bytes) -> list[_Frame]:
    frames: list[_Frame] = []
    at = _after_id3(data)
    while at < len(data):
        if data[at : at + 3] == b"TAG" and len(data) - at == _ID3V1_BYTES:
            break
        frame = _frame_at(data, at)
        if frame is None:
            raise DamagedMp3Error(
                f"after {len(frames)} frames comes something else: it is damaged"
                if frames
                else "it is not MP3"
            )
        if at + frame.size > len(data):
            raise DamagedMp3Error(f"it is cut off inside frame {len(frames) + 1}")
        if frames and frame.samplerate != frames[0].samplerate:
            raise DamagedMp3Error("its sampling rate changes on the way: it is damaged")
        frames.append(frame)
        at += frame.size
    if not frames:
        raise DamagedMp3Error("it is empty")
    return frames


def _after_id3(data: bytes) -> int:
    """Return where an ID3v2 tag at the start ends; its size is four times seven bits."""
    if data[:3] != b"ID3" or len(data) < _ID3_HEADER_BYTES:
        return 0
    size = 0
    for byte in data[6:_ID3_HEADER_BYTES]:
        size = size << 7 | byte & 0x7F
    return _ID3_HEADER_BYTES + size


def _frame_at(data: bytes, at: int) -> _Frame | None:
    header = int.from_bytes(data[at : at + _HEADER_BYTES].ljust(_HEADER_BYTES, b"\0"), "big")
    if header >> 21 != 0x7FF:
        return None
    version, layer = header >> 19 & 3, header >> 17 & 3
    bitrate, rate, padding = header >> 12 & 15, header >> 10 & 3, header >> 9 & 1
    # Bit rate 0 is "free format", which neither the service nor most decoders know.
    if version not in _RATES or layer != _LAYER_3 or bitrate in (0, 15) or rate == 3:
        return None
    samplerate = _RATES[version][rate]
    kbits = (_KBITS_MPEG1 if version == _MPEG1 else _KBITS_MPEG2)[bitrate]
    samples = 1_152 if version == _MPEG1 else 576
    return _Frame(samples // 8 * kbits * 1000 // samplerate + padding, samples, samplerate)


def _decoded(data: bytes, samplerate: int) -> Block:
    blocks = []
    try:
        # Bytes, not a name: FFmpeg would follow a name that is an address.
        with av.open(io.BytesIO(data), mode="r", format="mp3") as container:
            to_float = av.AudioResampler(format="fltp", rate=samplerate)
            for frame in [*container.decode(audio=0), None]:
                # Averaged here: FFmpeg's own way to mono makes two equal channels 3 dB louder.
                blocks += [part.to_ndarray().mean(axis=0) for part in to_float.resample(frame)]
    except (av.FFmpegError, IndexError, ValueError) as error:
        raise DamagedMp3Error("it cannot be decoded: it is damaged") from error
    if not blocks:
        raise DamagedMp3Error("it holds no sound")
    return np.concatenate(blocks).astype(np.float32)[:, np.newaxis]
