"""Piper's models: loaded once, shared by all threads, each with one thread of its own."""

from __future__ import annotations

import functools
import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from serguide.base.errors import VoiceError
from serguide.base.hints import Hint, Remedy
from serguide.voices.weights import InstalledWeights

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


@dataclass(frozen=True)
class PiperModel:
    """Hold a loaded model of Piper's.

    Phonemes come from one espeak of the whole process, so one thread at a time asks for them;
    the model itself may be run by several.
    """

    voice: Any
    samplerate: int

    def speech(
        self, parts: Sequence[tuple[str, str]], slowness: float
    ) -> list[npt.NDArray[np.float32]]:
        """Return what it says of each sentence: shape (frames,), at its own rate.

        parts: text that is prepared, each with the phonemes to be said in its place, or with
        none; slowness: how much longer than it was trained to speak. The same each time.
        """
        import numpy as np
        from piper.config import SynthesisConfig

        settings = SynthesisConfig(
            length_scale=slowness * self.voice.config.length_scale,
            noise_scale=0.0,
            noise_w_scale=0.0,
            normalize_audio=False,
        )
        with _PHONEMES:
            sentences = self._sentences(parts)
        spoken = []
        for phonemes in sentences:
            if any(phoneme.isalnum() for phoneme in phonemes):
                ids = self.voice.phonemes_to_ids(phonemes)
                audio = self.voice.phoneme_ids_to_audio(ids, settings)
                spoken.append(np.asarray(audio, dtype=np.float32).reshape(-1))
        return spoken

    def _sentences(self, parts: Sequence[tuple[str, str]]) -> list[list[str]]:
        """Return the phonemes of each sentence; a part goes on with the one before it."""
        sentences: list[list[str]] = []
        for text, phonemes in parts:
            found = [[*phonemes]] if phonemes else self.voice.phonemize(text)
            if sentences and found and sentences[-1] and sentences[-1][-1] not in _ENDS:
                first = found.pop(0)
                while sentences[-1][-1:] == [" "]:
                    sentences[-1].pop()
                parted = [] if first[:1] and first[0] in _MARKS else [" "]
                sentences[-1] += [*parted, *first]
            sentences += found
        return sentences


_ENDS: Final = frozenset(".!?")
_MARKS: Final = frozenset(",;:.!?")

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
            Hint(
                "Remove it, and get it again.",
                Remedy("remove_voice", weights.name),
                Remedy("get_voice", weights.name),
            ),
        ) from error
    return PiperModel(Speaker(session=session, config=config), config.sample_rate)


INSTALL: Final = "pip install 'serguide[piper]'"


def _config_of(weights: InstalledWeights) -> Path:
    if weights.config is None:
        raise VoiceError(f"The voice {weights.name} has no description.", "Get it again.")
    return weights.config
