"""Piper's models: loaded once, shared by all threads, each with one thread of its own."""

from __future__ import annotations

import functools
import json
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from serguide.base.errors import VoiceError
from serguide.voices.weights import InstalledWeights

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

GAP: Final = 0.45
"""Seconds of silence between two sentences of one text."""

HEADROOM: Final = 0.8
"""What Piper gives is within ±1 and may touch it; times this it cannot."""


@dataclass(frozen=True)
class PiperModel:
    """Hold a loaded model of Piper's.

    Phonemes come from one espeak of the whole process, so one thread at a time asks for them;
    the model itself may be run by several.
    """

    voice: Any
    samplerate: int
    lock: threading.Lock = field(default_factory=threading.Lock)

    def speech(self, text: str, length_scale: float) -> npt.NDArray[np.float32]:
        """Return what it says: shape (frames,), at its own rate; the same each time.

        length_scale: how much longer than it was trained to speak.
        """
        import numpy as np
        from piper.config import SynthesisConfig

        settings = SynthesisConfig(
            length_scale=length_scale, noise_scale=0.0, noise_w_scale=0.0, normalize_audio=False
        )
        with _PHONEMES:
            sentences = self.voice.phonemize(text)
        gap = np.zeros(round(GAP * self.samplerate), dtype=np.float32)
        spoken: list[npt.NDArray[np.float32]] = []
        for phonemes in sentences:
            if any(phoneme.isalnum() for phoneme in phonemes):
                ids = self.voice.phonemes_to_ids(phonemes)
                audio = self.voice.phoneme_ids_to_audio(ids, settings)
                spoken += [np.asarray(audio, dtype=np.float32).reshape(-1) * HEADROOM, gap]
        return np.concatenate(spoken[:-1]) if spoken else gap[:0]


_PHONEMES: Final = threading.Lock()


@functools.lru_cache(maxsize=4)
def load_model(weights: InstalledWeights) -> PiperModel:
    """Return a model, ready to speak. Raises VoiceError when it cannot be loaded."""
    try:
        import onnxruntime
        from piper.config import PiperConfig
        from piper.voice import PiperVoice as Speaker
    except ImportError as error:
        raise VoiceError(f"Piper is not installed whole: {error}.", f"`{INSTALL}`") from error
    options = onnxruntime.SessionOptions()
    # Two threads of its own collapse where the cores are busy; several calls at once do not.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    try:
        config = PiperConfig.from_dict(json.loads(_config_of(weights).read_text(encoding="utf-8")))
        session = onnxruntime.InferenceSession(
            str(weights.parts[0]), sess_options=options, providers=["CPUExecutionProvider"]
        )
    except Exception as error:  # onnxruntime has a class of its own for each kind of damage
        raise VoiceError(
            f"The voice {weights.name} cannot be loaded: {error}.",
            f"Get it again: `serguide voices --remove {weights.name}`, then `--get`.",
        ) from error
    return PiperModel(Speaker(session=session, config=config), config.sample_rate)


INSTALL: Final = "pip install 'serguide[piper]'"


def _config_of(weights: InstalledWeights) -> Path:
    if weights.config is None:
        raise VoiceError(f"The voice {weights.name} has no description.", "Get it again.")
    return weights.config
