from __future__ import annotations

from functools import cache
from itertools import combinations, pairwise

import numpy as np
import pytest

from serguide.audio.levels import REFERENCE_LUFS
from serguide.audio.loudness.meter import measure, momentary, short_term
from serguide.audio.types import BLOCK_FRAMES
from serguide.base.errors import ScriptError, SoundError
from serguide.base.units import SAMPLERATE
from serguide.script.library import builtin_library
from serguide.script.models import soundscape_spec
from serguide.soundscapes.bed import RECIPE_SUFFIXES, Bed, describe, locate, open_bed
from serguide.soundscapes.layers.generators import GENERATORS
from serguide.soundscapes.loop import LOOP_FRAMES
from serguide.soundscapes.recipe import load_recipe

pytestmark = pytest.mark.slow

SHIPPED = builtin_library().soundscapes
NAMES = sorted(name for name, path in SHIPPED.items() if path.suffix in RECIPE_SUFFIXES)
FRAMES = 70 * SAMPLERATE + 5


def find(name):
    return SHIPPED.get(name)


def recipe(tmp_path, layers, head="title: T\nabout: A\n"):
    path = tmp_path / "mine.yaml"
    path.write_text(head + "layers:\n" + layers, encoding="utf-8")
    return path


def share(power, hz, low, high):
    return 10 * np.log10(power[(hz >= low) & (hz < high)].sum() / power.sum())


@cache
def heard(name):
    """A bit more than a minute of a soundscape, made once for all tests that listen to it."""
    bed = open_bed(name, find)
    assert isinstance(bed, Bed)
    return tuple(bed.blocks(FRAMES))


def fingerprint(name):
    """How loud each half octave is against the whole, and how much it moves, in dB."""
    sound = np.concatenate(heard(name)).mean(axis=1)
    pieces = np.lib.stride_tricks.sliding_window_view(sound, 2048)[::1024]
    power = np.square(np.abs(np.fft.rfft(pieces * np.hanning(2048).astype(np.float32), axis=1)))
    hz = np.fft.rfftfreq(2048, 1 / SAMPLERATE)
    edges = 100 * 2 ** (np.arange(15) / 2)
    bands = np.array([power[:, (hz >= a) & (hz < b)].sum(axis=1) for a, b in pairwise(edges)])
    mean = bands.mean(axis=1)
    moves = (10 * np.log10(bands + 1e-15)).std(axis=1)
    return np.concatenate((10 * np.log10(mean / mean.sum()), moves))


def test_the_catalogue_is_there():
    assert len(NAMES) >= 7
    assert set(NAMES) == set(SHIPPED), "what is shipped is made, not recorded"
    assert soundscape_spec("none") is None
    heard_of = {sound for path in SHIPPED.values() for sound in describe(path).layers}
    assert heard_of == set(GENERATORS), "each generator is in a soundscape that is listened to"


def test_each_is_told_from_every_other():
    prints = {name: fingerprint(name) for name in NAMES}
    for one, other in combinations(NAMES, 2):
        apart = np.abs(prints[one] - prints[other]).max()
        assert apart > 4.0, f"{one} and {other} sound alike: {apart:.1f} dB"


@pytest.mark.parametrize("name", NAMES)
def test_nothing_clicks_or_stands_out(name):
    blocks = heard(name)
    sound = np.concatenate(blocks)
    level = float(np.sqrt(np.mean(sound**2)))
    # A click is a step from one sample to the next; a crackle of the hearth is a grain of sound.
    assert np.abs(np.diff(sound, axis=0)).max() < 6 * level
    loudness = measure(blocks, channels=2)
    # Nothing jumps out, and nothing drops away: every 400 ms is about as loud as the whole.
    assert loudness.momentary_max - loudness.integrated < 3.0
    assert loudness.integrated - momentary(loudness.energies).min() < 3.0


@pytest.mark.parametrize("name", NAMES)
def test_is_steady_wide_and_without_rumble(name):
    blocks = heard(name)
    assert {block.shape for block in blocks[:-1]} == {(BLOCK_FRAMES, 2)}
    sound = np.concatenate(blocks)
    assert sound.shape == (FRAMES, 2)
    assert sound.dtype == np.float32

    loudness = measure(blocks, channels=2)
    assert loudness.integrated == pytest.approx(REFERENCE_LUFS, abs=0.3)
    assert np.ptp(short_term(loudness.energies)) < 3.0

    assert np.abs(sound.mean(axis=0)).max() < 1e-3
    assert 10 * np.log10(np.mean(sound**2) / np.mean(sound.mean(axis=1) ** 2)) < 3.0
    assert 0.5 < sound[:, 0].std() / sound[:, 1].std() < 2.0
    spectra = np.fft.rfft(sound[: 1 << 21], axis=0)
    hz = np.fft.rfftfreq(1 << 21, 1 / SAMPLERATE)
    power = np.square(np.abs(spectra)).sum(axis=1)
    assert share(power, hz, 0, 25) < -35
    assert share(power, hz, 12_000, 24_000) < -25
    low = hz < 200
    assert np.real(np.vdot(spectra[low, 0], spectra[low, 1])) > 0


@pytest.mark.parametrize("name", GENERATORS)
def test_every_generator_loops_without_a_seam(name):
    layer = GENERATORS[name](sound=name)
    loop = layer.render(np.random.Generator(np.random.PCG64(3)), LOOP_FRAMES[-1])
    assert loop.shape == (LOOP_FRAMES[-1], 2)
    assert loop.dtype == np.float32
    assert np.isfinite(loop).all()
    # Were there a seam, the step over it would stand out among those beside it.
    around = np.concatenate((loop[-2_000:], loop[:2_000])).astype(float)
    bends = np.abs(np.diff(around, n=2, axis=0))
    assert bends[1_997:2_001].max() < 6 * bends.std() + 1e-6


def test_loops_share_no_divisor():
    assert np.gcd.reduce(np.array(np.triu(np.gcd.outer(LOOP_FRAMES, LOOP_FRAMES), 1))[0, 1:]) == 1


def test_a_level_turns_a_layer_down_and_leaves_its_sound(tmp_path):
    loud = open_bed(str(recipe(tmp_path, "  - sound: drops\n")), find)
    first = next(loud.blocks(BLOCK_FRAMES))
    soft = open_bed(str(recipe(tmp_path, "  - {sound: drops, level: -6dB}\n")), find)
    # A single layer is brought to the reference again, so the two must be alike.
    np.testing.assert_allclose(next(soft.blocks(BLOCK_FRAMES)), first, atol=1e-4)
    assert soft.identity() != loud.identity()


def test_identity_follows_the_layers_and_not_the_words(tmp_path):
    layers = "  - sound: rain\n"
    first = open_bed(str(recipe(tmp_path, layers)), find).identity()
    renamed = recipe(tmp_path, layers, head="title: Other\nabout: Other\n")
    assert open_bed(str(renamed), find).identity() == first
    brighter = recipe(tmp_path, "  - {sound: rain, brightness: 0.5}\n")
    assert open_bed(str(brighter), find).identity() != first


def test_two_listeners_hear_the_same(tmp_path):
    bed = open_bed(str(recipe(tmp_path, "  - sound: crackle\n")), find)
    for one, other in zip(bed.blocks(100_000), bed.blocks(100_000), strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize(
    ("layers", "line", "message", "hint"),
    [
        ("  - sound: raim\n", 4, "there is no sound `raim`", "did you mean `rain`?"),
        (
            "  - sound: rain\n    brightnes: 0.4\n", 5,
            "the sound `rain` has no setting `brightnes`", "did you mean `brightness`?",
        ),
        ("  - sound: rain\n    brightness: 3\n", 5, "too much", "the most is 1"),
        ("  - sound: rain\n    brightness: much\n", 5, "not a number", "0.4"),
        ("  - sound: rain\n    level: -6\n", 5, "is not a level", "did you mean `-6dB`?"),
        ("  - level: -6dB\n", 4, "which sound", "- sound: stream"),
        ("  - sound: rain\n" * 6, 3, "`layers` is too long", "5 are the most"),
    ],
)  # fmt: skip
def test_a_wrong_recipe_names_line_and_remedy(tmp_path, layers, line, message, hint):
    with pytest.raises(ScriptError) as caught:
        load_recipe(recipe(tmp_path, layers))
    problems = caught.value.problems
    assert len(problems) == 1
    assert problems[0].line == line
    assert message in problems[0].message
    assert hint in problems[0].hint


def test_every_problem_of_a_recipe_is_named_at_once(tmp_path):
    path = recipe(tmp_path, "  - {sound: rain, loud: 1}\n  - sound: sew\n", head="titel: T\n")
    with pytest.raises(ScriptError) as caught:
        load_recipe(path)
    assert len(caught.value.problems) == 5  # titel, title, about, loud, sew


@pytest.mark.parametrize("text", ["- a\n- b\n", "just words\n"])
def test_a_file_that_is_no_recipe_is_refused(tmp_path, text):
    path = tmp_path / "x.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ScriptError):
        load_recipe(path)


def test_an_unknown_name_is_answered_with_the_nearest():
    with pytest.raises(SoundError, match="no soundscape “heart”") as caught:
        locate("heart", find, known=NAMES)
    assert caught.value.hint == "did you mean `hearth`?"


@pytest.mark.parametrize("name", NAMES)
def test_every_soundscape_describes_itself(name):
    found = describe(SHIPPED[name])
    assert found.name == name
    assert found.title
    assert found.about.endswith(".")
    assert set(found.layers) <= set(GENERATORS)
