"""Describe a natural voice's weights as they lie on this machine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class InstalledWeights:
    """Say where weights lie, whose they are and under which licence.

    name: `kokoro`, or `piper:` and a voice of Piper's catalogue; parts: files that, end to end,
    are the ONNX model; styles: Kokoro only, by name of the style raw little-endian float32 of
    shape (510, 1, 256); config: Piper only, the model's .onnx.json; licence: SPDX, or in words;
    origin: who made it and where it came from, in words; size: bytes in all; digest: the
    model's hash, `sha256:` and hexadecimal; packaged: it belongs to
    packages that pip installed, and is removed by pip alone.
    """

    name: str
    parts: tuple[Path, ...]
    styles: Mapping[str, Path] = field(default_factory=dict, hash=False)
    config: Path | None = None
    licence: str = ""
    origin: str = ""
    size: int = 0
    digest: str = ""
    packaged: bool = False
