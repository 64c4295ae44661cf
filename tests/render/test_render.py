"""Small bundles, rendered for real and measured by tools that are not ours."""

from __future__ import annotations

import hashlib
import itertools
import subprocess
from fractions import Fraction

import mutagen
import numpy as np
import pytest
import webvtt
from needed import program
from rendering import Bundle, bundle, script
from sound_signals import decode, ebur128

from serguide.base.errors import UsageError, VoiceError
from serguide.base.units import SAMPLERATE
from serguide.encode.formats import FORMATS
from serguide.render.plan import RenderSettings

pytestmark = pytest.mark.slow

SHORT = script(
    """
    say: One sentence. And a second, longer one.
    chapter: In the middle
    breathe: {in: 2s, out: 3s, cycles: 3, guide: both}
    sound: bowl
    pause: 2s
    say: Here it ends.
    """,
    "soundscape: rain-on-the-roof\n",
)


def digests(folder):
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def short(write):
    return write("scripts/short.yaml", SHORT)


def test_pauses_and_words_in_a_wav_are_exact_to_the_sample(write, tmp_path):
    path = write(
        "scripts/exact.yaml",
        script(
            """
            say: One. [777ms] Two, and three. Four
            pause: 2.50
            say: Five
            rest: 3.3333s
            say: It's six. [1ms] Seven
            breathe: {in: 1.1s, out: 1.7s, cycles: 4, guide: words, guide_cycles: 4}
            pause: 12s
            say: Eight
            """
        ),
    )
    made = bundle(path, tmp_path / "out", voice="tone", settings=RenderSettings("wav"))
    sound = decode(made.session)
    assert sound.shape == (made.frames, 2)
    loud = np.abs(sound).max(axis=1) > 0
    spoken = np.zeros(made.frames, bool)
    for event in made.events:
        if event["kind"] == "say":
            spoken[event["start"] : event["end"]] = True
        elif event["kind"] in ("pause", "rest"):
            assert not loud[event["start"] : event["end"]].any()
    # Every word sounds from its first sample to its last, and nothing sounds anywhere else.
    edges = np.flatnonzero(np.diff(spoken.astype(int)))
    assert (loud & ~spoken).sum() == 0
    for edge in edges:
        inside = edge + 1 if spoken[edge + 1] else edge
        assert loud[inside - 24 : inside + 25].any()
        assert np.abs(sound[inside]).max() > 1e-4
    pauses = [e["end"] - e["start"] for e in made.events if e["kind"] == "pause"]
    wanted = [Fraction("0.777"), Fraction("2.5"), Fraction("0.001"), Fraction(12)]
    assert pauses == [round(seconds * SAMPLERATE) for seconds in wanted]


@pytest.mark.parametrize("format_name", FORMATS)
def test_every_format_decodes_to_the_manifests_samples(short, tmp_path, format_name):
    made = bundle(short, tmp_path / "out", voice="tone", settings=RenderSettings(format_name))
    track = made.folder / made.tracks[0]["audio"]
    for path in (made.session, track):
        sound = decode(path)
        assert abs(len(sound) - made.frames) <= (1023 if format_name == "m4a" else 0)
        first = next(event for event in made.events if event["kind"] == "say")
        # Speech stands at least 15 dB above the soundscape that lies under it.
        level = np.sqrt((sound[first["start"] - 4800 : first["start"] + 9600] ** 2).mean(axis=1))
        onset = int(np.argmax(level > 0.05)) - 4800
        assert abs(onset) < 480
    assert digest(track) == made.tracks[0]["sha256"]


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("format_name", FORMATS)
def test_title_cover_and_chapters(short, tmp_path, format_name):
    made = bundle(short, tmp_path / "out", voice="tone", settings=RenderSettings(format_name))
    found = mutagen.File(made.session)
    assert found.tags
    text = str(dict(found.tags))
    titles = {"mp3": "TIT2", "wav": "TIT2", "m4a": "©nam"}
    assert titles.get(format_name, "title") in text
    if format_name in ("mp3", "wav"):
        chapters = sorted(found.tags.getall("CHAP"), key=lambda chapter: chapter.start_time)
        assert [str(c.sub_frames["TIT2"]) for c in chapters] == ["t", "In the middle"]
        assert chapters[0].end_time == chapters[1].start_time
        assert found.tags.getall("APIC")


def test_the_same_input_gives_the_same_bytes(write, tmp_path):
    for name in ("a", "b", "c"):
        write(f"scripts/{name}.yaml", SHORT)
    path = write("scripts/s.yaml", "title: s\nsteps: [a, b, c]\n")
    cold = bundle(path, tmp_path / "one", cache=tmp_path / "cache", settings=RenderSettings(jobs=1))
    warm = bundle(path, tmp_path / "two", cache=tmp_path / "cache", settings=RenderSettings(jobs=4))
    other = bundle(path, tmp_path / "three", cache=tmp_path / "other")
    assert digests(cold.folder) == digests(warm.folder) == digests(other.folder)


def test_tracks_join_to_the_session(write, tmp_path):
    for name in ("a", "b"):
        write(f"scripts/{name}.yaml", SHORT)
    path = write("scripts/s.yaml", "title: s\nsteps: [a, b, a]\n")
    made = bundle(path, tmp_path / "out", voice="tone")
    whole = decode(made.session)
    parts = [decode(made.folder / track["audio"]) for track in made.tracks]
    starts = list(itertools.accumulate((len(part) for part in parts), initial=0))
    assert [track["start"] for track in made.tracks] == starts[:-1]
    assert len(whole) == starts[-1]
    # A decoder begins each track afresh, so the joint is where they could differ: it is silent.
    assert np.abs(whole - np.concatenate(parts)).max() < 1e-4
    for joint in starts[1:-1]:
        assert not whole[joint - 1152 : joint + 1152].any()


def test_speech_and_mix_are_as_loud_as_promised(write, tmp_path):
    text = """
        say: If you like, let your feet find the floor. There is no hurry with any of it.
        pause: 4s
        say: You could listen for the farthest sound, and then for one that is near.
        rest: 12s
        say: Whenever you want to, look round the room and find something blue.
        """
    bare = bundle(write("scripts/x.yaml", script(text)), tmp_path / "bare")
    sound = decode(bare.session)
    found = ebur128(sound)
    stated = bare.manifest["serguide"]["loudness"]
    assert found["I"] == pytest.approx(-18, abs=0.3)
    assert stated["speech"] == pytest.approx(-18, abs=0.1)
    assert stated["integrated"] == pytest.approx(found["I"], abs=0.2)
    assert found["true_peak"] <= -1.5
    assert not sound[:2304].any()
    assert not sound[-2304:].any()


def test_the_soundscape_stays_under_the_voice_and_rises_in_rests(write, tmp_path):
    text = "say: One two three four five six seven eight nine ten.\nrest: 20s\nsay: And eleven.\n"
    head = "soundscape: {name: rain-on-the-roof, level: -22dB}\n"
    path = write("scripts/x.yaml", script(text, head))
    with_bed = decode(bundle(path, tmp_path / "bed", settings=RenderSettings("wav")).session)
    plain = bundle(path, tmp_path / "bare", soundscape="none", settings=RenderSettings("wav"))
    made = Bundle(tmp_path / "bed")
    shift = made.events[0]["start"] - plain.events[0]["start"]
    voice = np.zeros_like(with_bed)
    bare = decode(plain.session)
    voice[shift : shift + len(bare)] = bare[: len(voice) - shift]
    bed = with_bed - voice

    def loudness(start, end):
        return ebur128(bed[start:end])["I"]

    said, rest, last = (e for e in made.events if e["kind"] in ("say", "rest"))
    under = loudness(said["start"], said["end"])
    assert under <= -38
    middle = (rest["start"] + rest["end"]) // 2
    assert 4 < loudness(middle - 96_000, middle + 96_000) - under < 7.5
    ahead = loudness(last["start"] - 24_000, last["start"])
    assert ahead - under < 1.5
    assert not bed[:2304].any()
    assert not bed[-2304:].any()


@pytest.mark.parametrize("voice", ["espeak", "tone"])
def test_captions_stand_where_the_words_sound(write, tmp_path, voice):
    text = """
        say: Perhaps you notice your back. [1s] It's “held”, isn't it? Ça va, žluťoučký.
        pause: 2s
        say: A & B < C, and --> an arrow.
        """
    path = write("scripts/x.yaml", script(text))
    made = bundle(path, tmp_path / "out", voice=voice)
    captions = list(webvtt.read(made.folder / "captions.vtt"))
    written = [event for event in made.events if event["kind"] == "say"]
    assert len(captions) == len(written)
    assert captions[0].raw_text == "Perhaps you notice your back."
    sound = np.abs(decode(made.session)).max(axis=1)
    for caption, event in zip(captions, written, strict=True):
        at = event["start"]
        hours, minutes, rest = caption.start.split(":")
        assert int(hours) * 3600 + int(minutes) * 60 + float(rest) == pytest.approx(
            at / SAMPLERATE, abs=0.001
        )
        onset = at - 4800 + int(np.argmax(sound[at - 4800 : at + 9600] > 10 ** (-45 / 20)))
        assert abs(onset - at) < 0.06 * SAMPLERATE


def test_an_hour_of_breaths_sounds_on_the_grid(write, tmp_path):
    """Guide words at the start of each phase: the sound itself is where the grid says."""
    path = write(
        "scripts/hour.yaml",
        script("breathe: {in: 3.9s, out: 6.11s, cycles: 359, guide: words, guide_cycles: 359}"),
    )
    made = bundle(path, tmp_path / "out", voice="tone", settings=RenderSettings("flac"))
    phases = [event for event in made.events if event["kind"] == "breathe"]
    cycle = Fraction("10.01") * SAMPLERATE
    first = phases[0]["start"]
    starts = [event["start"] for event in phases if event["phase"] == "in"]
    assert starts == [first + round(n * cycle) for n in range(359)]
    import soundfile

    with soundfile.SoundFile(made.session) as sound:
        for event in (*phases[:4], *phases[350:354], *phases[-4:]):
            sound.seek(event["start"] - 480)
            window = np.abs(sound.read(960)).max(axis=1)
            assert not window[:480].any()
            assert window[480:504].any()


def test_a_word_that_would_be_lost_stops_the_render(write, tmp_path, monkeypatch):
    from serguide.voices.tone import ToneVoice

    real = ToneVoice.speak

    def mute(self, text, *, pace=1.0, sentence=None):
        clip = real(self, text, pace=pace)
        if "second" in text:
            clip.samples[:] = 0
        return clip

    monkeypatch.setattr(ToneVoice, "speak", mute)
    path = write("scripts/x.yaml", script("say: The first.\nsay: The second."))
    with pytest.raises(VoiceError, match=r"x\.yaml.*5") as caught:
        bundle(path, tmp_path / "out", voice="tone", cache=tmp_path / "cache")
    assert "The second." in str(caught.value)
    assert not (tmp_path / "out").exists()


def test_something_else_at_the_target_is_left_alone(short, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.txt").write_text("mine")
    with pytest.raises(UsageError, match="not a serguide bundle"):
        bundle(short, tmp_path / "out", voice="tone")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["thesis.txt"]


def test_an_earlier_bundle_is_replaced(short, tmp_path):
    first = digests(bundle(short, tmp_path / "out", voice="tone").folder)
    second = digests(bundle(short, tmp_path / "out", voice="espeak").folder)
    assert first.keys() == second.keys()
    assert first != second
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".out")] == []


def test_own_sound_file_as_a_bed(write, tmp_path):
    import soundfile

    rng = np.random.Generator(np.random.PCG64(3))
    folder = tmp_path / "imagery" / "soundscapes"
    folder.mkdir(parents=True)
    soundfile.write(folder / "garden.flac", rng.normal(0, 0.05, (16_000 * 7, 1)), 16_000)
    path = write("scripts/x.yaml", script("say: One.\nrest: 30s", "soundscape: garden\n"))
    made = bundle(path, tmp_path / "out", voice="tone", library=tmp_path)
    rest = next(event for event in made.events if event["kind"] == "rest")
    sound = decode(made.session)[rest["start"] + 5 * 48_000 : rest["end"] - 4 * 48_000]
    level = 10 * np.log10((sound[: len(sound) // 4800 * 4800] ** 2).reshape(-1, 9600).mean(axis=1))
    assert level.max() - level.min() < 3


def test_ffprobe_has_nothing_to_complain_about(short, tmp_path):
    program("ffprobe", package="ffmpeg")
    made = bundle(short, tmp_path / "out", voice="tone")
    done = subprocess.run(
        ["ffprobe", "-v", "warning", "-show_chapters", "-of", "json", str(made.session)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    assert "In the middle" in done.stdout
