"""The model itself, where its weights are on this machine."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from needed import missing

from serguide.base.errors import VoiceError
from serguide.voices.kokoro.kokoro_model import (
    FRAME,
    SAMPLERATE,
    STYLE,
    KokoroModel,
    _one_more_output,
    _Room,
    shared_model,
)
from serguide.voices.kokoro.kokoro_phonemes import phonemes
from serguide.voices.kokoro.kokoro_tokens import tokens_of
from serguide.voices.weights import installed

TOKENS = tokens_of(phonemes("Either is fine.", "en-us"))


@pytest.fixture
def weights(natural_voices):
    pytest.importorskip("onnxruntime")
    return installed("kokoro") or missing("model of Kokoro", "serguide voices --get kokoro")


def style_of(weights) -> np.ndarray:
    return np.fromfile(next(iter(weights.styles.values())), "<f4").reshape(STYLE)


def test_twenty_eight_bytes_name_one_more_output():
    assert _one_more_output(b"/encoder/Clip_output_0") == (
        b"\x3a\x1a\x62\x18\x0a\x16/encoder/Clip_output_0"
    )


def test_lengths_of_tokens_add_up_to_the_sound_and_it_is_the_same_without_them(weights):
    import onnxruntime

    sound = shared_model(weights.parts).speak(TOKENS, style_of(weights), 0.8)
    assert len(sound.frames) == len(TOKENS) + 2
    assert sound.frames.sum() * FRAME == len(sound.samples)
    pad = int(sound.frames[0]) * FRAME / SAMPLERATE
    assert 0.2 < pad < 0.7
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    plain = onnxruntime.InferenceSession(
        b"".join(path.read_bytes() for path in weights.parts), options
    )
    fed = {
        "tokens": np.array([[0, *TOKENS, 0]]),
        "style": style_of(weights)[len(TOKENS) - 1],
        "speed": np.array([0.8], np.float32),
    }
    assert np.array_equal(plain.run(["audio"], fed)[0].ravel(), sound.samples)


def test_two_threads_share_one_session_and_get_the_same_samples(weights):
    model, style = shared_model(weights.parts), style_of(weights)
    assert shared_model(weights.parts) is model
    alone = model.speak(TOKENS, style, 1.0).samples
    found: list[np.ndarray] = []
    threads = [
        threading.Thread(target=lambda: found.append(model.speak(TOKENS, style, 1.0).samples))
        for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 2
    assert all(np.array_equal(each, alone) for each in found)


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory as Linux tells it")
def test_the_model_lies_in_memory_once(weights):
    """Loaded, it takes 1.4 times its file; with the bytes that onnxruntime would keep, 2.4."""
    program = (
        "import sys; from pathlib import Path\n"
        "from serguide.voices.kokoro.kokoro_model import KokoroModel\n"
        "import onnxruntime\n"
        "def now(): return next(int(line.split()[1]) * 1024 for line in\n"
        "    open('/proc/self/status') if line.startswith('VmRSS'))\n"
        "before = now(); model = KokoroModel([Path(each) for each in sys.argv[1:]])\n"
        "print(now() - before)\n"
    )
    command = [sys.executable, "-c", program, *map(str, weights.parts)]
    grown = int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    assert grown < 1.9 * sum(part.stat().st_size for part in weights.parts)


def test_too_many_tokens_are_an_error_in_words(weights):
    with pytest.raises(VoiceError, match="could not speak") as caught:
        shared_model(weights.parts).speak([50] * 1400, style_of(weights), 1.0)
    assert caught.value.hint


def test_a_damaged_model_is_an_error_in_words(tmp_path):
    pytest.importorskip("onnxruntime")
    (tmp_path / "model.onnx").write_bytes(b"\x08\x07 this is no model")
    with pytest.raises(VoiceError, match="cannot be read") as caught:
        KokoroModel([tmp_path / "model.onnx"])
    assert caught.value.hint


def test_seconds_spoken_at_once_are_bounded_and_one_that_is_longer_still_speaks():
    room, now, most = _Room(10.0), [0.0], [0.0]
    changing = threading.Lock()

    def speak(seconds: float) -> None:
        with room.taken(seconds):
            with changing:
                now[0] += seconds
                most[0] = max(most[0], now[0])
            time.sleep(0.01)
            with changing:
                now[0] -= seconds

    threads = [threading.Thread(target=speak, args=(seconds,)) for seconds in [4, 5, 6, 3, 9] * 4]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=10)
    assert 0 < most[0] <= 10
    with room.taken(25):  # nothing else speaks
        pass


def test_one_that_is_longer_than_the_room_never_waits_for_nobody():
    """Added and taken away again, 0.1 and 0.2 leave 2.8e-17 of a second."""
    room = _Room(10.0)
    with contextlib.ExitStack() as first:
        first.enter_context(room.taken(0.1))
        with room.taken(0.2):
            first.close()

    def speak() -> None:
        with room.taken(25):
            pass

    thread = threading.Thread(target=speak, daemon=True)
    thread.start()
    thread.join(timeout=10)
    assert not thread.is_alive()
