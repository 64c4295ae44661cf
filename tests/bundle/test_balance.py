"""Voice and bed apart: rendered for real, listed, whole, and nothing of it where nobody asked."""

from __future__ import annotations

import dataclasses
import json
import zipfile
from pathlib import Path

import av
import numpy as np
import pytest
from rendering import bundle, script

from serguide.audio.levels import TRUE_PEAK_DB
from serguide.audio.loudness.true_peak import TruePeakMeter
from serguide.audio.mix import STEMS, speech_gain
from serguide.base.errors import UsageError
from serguide.base.hints import remedies_of
from serguide.bundle.inventory import Inventory, integrity, inventory
from serguide.bundle.manifest_reading import read_manifest
from serguide.cache.store import Store
from serguide.render.plan import RenderSettings, plan
from serguide.script.library import open_libraries
from serguide.script.resolve import Overrides, resolve
from serguide.voices.speakable_names import KNOWN

CUES = """
say: If you like, close your eyes. And a second, longer sentence, to be heard.
sound: bowl
rest: 15s
say: Here it ends.
"""
SETTINGS = RenderSettings(single_file=True, zipped=True, balance=True)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("balance") / "scripts" / "short.yaml"
    path.parent.mkdir()
    path.write_text(script(CUES, "soundscape: rain-on-the-roof\n"), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def made(path, tmp_path_factory):
    folder = tmp_path_factory.mktemp("out") / "short"
    cache = path.parents[1] / "cache"
    return bundle(path, folder, voice="tone", cache=cache, settings=SETTINGS)


@pytest.fixture(scope="module")
def mix(path):
    libraries = open_libraries([])
    program = resolve(path, libraries, KNOWN, Overrides(voice="tone"))
    store = Store(path.parents[1] / "cache")
    found = plan(program, libraries.with_home_of(path), store, RenderSettings()).jobs[0].mix
    return found, speech_gain(found.voice_energies())


def whole(blocks):
    return np.concatenate(list(blocks))


def peak_of(sound):
    meter = TruePeakMeter(sound.shape[1])
    meter.add(np.ascontiguousarray(sound))
    return meter.peak


def test_the_stems_sum_to_the_mix(mix):
    track, gain = mix
    stems, both = whole(track.stems(gain, 1.5)), whole(track.blocks(gain, 1.5))
    assert stems.shape == (len(both), STEMS)
    assert np.abs(stems[:, :2] + stems[:, 2:] - both).max() < 2**-20
    alone = whole(dataclasses.replace(track, bed=None).blocks(gain, 1.5))
    assert np.abs(stems[:, :2] - alone).max() < 2**-20, "a voice of its own level"
    assert np.sqrt((stems[:, 2:] ** 2).mean()) > 1e-3


@pytest.mark.parametrize("louder", [2.0, 6.0])
def test_no_balance_is_over_the_ceiling(mix, louder):
    """Also where voice and bed are so loud that the limiter has to work."""
    track, gain = mix
    stems, both = (whole(made(gain * louder, 1.5)) for made in (track.stems, track.blocks))
    for level in (0, 0.3, 0.7, 1):
        heard = stems[:, :2] + np.float32(level) * stems[:, 2:]
        assert peak_of(heard) <= TRUE_PEAK_DB - 1.5 + 0.05
    # As it was made, it is as loud as the session itself.
    summed = stems[:, :2] + stems[:, 2:]
    assert 10 * abs(np.log10((summed**2).mean() / (both**2).mean())) < 0.5


def decoded(path: Path) -> np.ndarray:
    with av.open(str(path)) as sound:
        return np.concatenate([frame.to_ndarray() for frame in sound.decode(audio=0)], axis=1).T


def test_what_a_browser_decodes_is_the_stems(made, mix):
    track, gain = mix
    stems = whole(track.stems(gain, 1.5))
    found = decoded(made.folder / "balance.mp4")[: len(stems)]
    assert abs(len(decoded(made.folder / "balance.mp4")) - len(stems)) < 1000
    for pair in (slice(0, 2), slice(2, 4)):
        wanted = 10 * np.log10((stems[:, pair] ** 2).mean())
        assert 10 * np.log10((found[:, pair] ** 2).mean()) == pytest.approx(wanted, abs=0.5)
    # Where nobody speaks, the bed leaves nothing in the voice's channels.
    silent = np.abs(stems[:, :2]).max(axis=1) < 1e-6
    under = (stems[silent][:, 2:] ** 2).mean()
    assert (found[silent][:, :2] ** 2).mean() < under / 100


def test_it_is_listed_hashed_and_in_everything_that_is_sent(made):
    balance = made.folder / "balance.mp4"
    assert made.manifest["serguide"]["balance"] == "balance.mp4"
    row = next(row for row in made.manifest["resources"] if row["url"] == "balance.mp4")
    assert row["encodingFormat"] == "audio/mp4"
    assert row["integrity"] == integrity(balance)
    assert row["duration"] == f"PT{made.frames / 48_000:.6f}".rstrip("0").rstrip(".") + "S"
    assert read_manifest(made.folder).serguide.balance == "balance.mp4"
    assert inventory(made.folder) == Inventory()
    assert '"balance.mp4"' in (made.folder / "sw.js").read_text(encoding="utf-8")
    with zipfile.ZipFile(made.folder / "short.zip") as archive:
        assert archive.read("short/balance.mp4") == balance.read_bytes()
        inside = json.loads(archive.read("short/session.json"))
    assert inside["serguide"]["balance"] == "balance.mp4"
    assert 'id="balance-audio"' in (made.folder / "short.html").read_text(encoding="utf-8")


def test_a_bundle_without_it_knows_nothing_of_it(path, made, tmp_path):
    cache = path.parents[1] / "cache"
    settings = dataclasses.replace(SETTINGS, balance=False)
    plain = bundle(path, tmp_path / "short", voice="tone", cache=cache, settings=settings)
    for file in plain.folder.rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            assert not any(each in content for each in (b"balance.mp4", b"balance-audio")), file
    for name in ("session.mp3", "ground.mp3", "captions.vtt", "transcript.txt"):
        assert (plain.folder / name).read_bytes() == (made.folder / name).read_bytes()
    more = (made.folder / "balance.mp4").stat().st_size
    grown = [
        (made.folder / name).stat().st_size - (plain.folder / name).stat().st_size
        for name in ("short.html", "short.zip")
    ]
    assert grown[0] == pytest.approx(more * 4 / 3, abs=30_000)
    assert grown[1] == pytest.approx(more, abs=15_000)


def test_a_limit_counts_it(path, made, tmp_path):
    limit = (made.folder / "short.html").stat().st_size + 250_000
    settings = dataclasses.replace(SETTINGS, zipped=False, size=limit, any_format=True)
    small = bundle(path, tmp_path / "short", voice="tone", settings=settings)
    assert (small.folder / "short.html").stat().st_size <= limit


def test_without_a_soundscape_there_is_nothing_to_balance(path, tmp_path):
    with pytest.raises(UsageError, match="no soundscape") as caught:
        bundle(path, tmp_path / "x", voice="tone", soundscape="none", settings=SETTINGS)
    assert [remedy.kind for remedy in remedies_of(caught.value.hint)] == ["soundscapes"]
    assert not (tmp_path / "x").exists()
