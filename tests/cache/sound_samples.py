"""A small sample of every step that shapes sound, and what is remembered of it.

Remembered are eight sums of a sample's values with signs drawn by lot: any change moves them, and
the last digits in which machines differ do not.
"""

from __future__ import annotations

import hashlib
import wave
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Literal

import numpy as np
from gtts_server import Answer, _body
from samples import TrackMaker
from sound_signals import decode

from serguide.audio.curve import apply, fades
from serguide.audio.duck import plan_duck
from serguide.audio.guide_tone import guide_tone
from serguide.audio.limiter import limit
from serguide.audio.loudness.meter import measure
from serguide.audio.loudness.true_peak import TruePeakMeter
from serguide.audio.mix import TrackMix, speech_gain
from serguide.audio.oneshots import ONE_SHOTS, _made
from serguide.audio.pieces import cut
from serguide.audio.types import BLOCK_FRAMES, Block, Clip, spans
from serguide.base.ipa.ipa_writing import read_ipa
from serguide.base.units import MP3_FRAME, SAMPLERATE, samples
from serguide.drawing.raster import png_of
from serguide.encode.formats import FORMATS
from serguide.encode.mp3.splice import splice
from serguide.render.track import TrackRenderer
from serguide.soundscapes.layers import grains, noise
from serguide.soundscapes.layers.generators import GENERATORS
from serguide.soundscapes.layers.model import Layer
from serguide.soundscapes.loop import LoopBed
from serguide.soundscapes.recorded.file_bed import FileBed
from serguide.voices.clips import packed, unpacked
from serguide.voices.espeak import espeak_text, espeak_voice
from serguide.voices.espeak.espeak_ipa import mnemonics
from serguide.voices.espeak.espeak_library import synthesise
from serguide.voices.finish.polish import polish
from serguide.voices.finish.trim import trim
from serguide.voices.google import gtts_text
from serguide.voices.google.gtts_languages import choose
from serguide.voices.google.gtts_protocol import questions
from serguide.voices.google.gtts_voice import GttsVoice
from serguide.voices.kokoro.kokoro_model import ModelSound
from serguide.voices.kokoro.kokoro_phonemes import fitted_to_kokoro, phonemes
from serguide.voices.kokoro.kokoro_sound import finished
from serguide.voices.kokoro.kokoro_tokens import runs
from serguide.voices.piper.piper_sound import finished as piper_finished
from serguide.voices.piper.piper_text import piper_text
from serguide.voices.tone import ToneVoice

SENTENCE = "If you like, close your eyes, or rest them on one spot."
TEXTS = (
    SENTENCE,
    "Zoe\u0308’s \x01 café… 5 < 6\n\nand on.",
    "1234567890" * 4,
    "word " * 300,
    "ยาว" * 60,
    "🌞🌊" * 8,
)
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><rect width="8" height="5"'
    ' fill="#357"/><circle cx="4" cy="4" r="2.5" fill="#fa0"/></svg>'
)


@dataclass(frozen=True)
class Sample:
    """make: the sample, an array, or bytes that are compared as they are; stands_on: steps whose
    change is heard here too; where: `here` for what another kind of machine may make otherwise."""

    make: Callable[[Path], Any]
    stands_on: tuple[str, ...] = ()
    where: Literal["here", "anywhere"] = "anywhere"


def signal(frames: int, channels: int = 1, seed: int = 0) -> Block:
    """Syllables of noise on the 16-bit grid, by whole numbers alone: the same everywhere."""
    data = hashlib.shake_256(f"signal {seed}".encode()).digest(2 * (frames + 64) * channels)
    raw = np.frombuffer(data, "<i2").astype(np.int64).reshape(-1, channels)
    sums = np.cumsum(raw, axis=0)
    smooth = (sums[16:] - sums[:-16])[:frames] // 16
    loud = 4 + np.abs((np.arange(frames) // 64) % 160 - 80)  # up and down every 0.2 s
    return (smooth * loud[:, None] // 84).astype(np.float32) / np.float32(32768)


def blocks_of(sound: Block) -> Iterator[Block]:
    return (sound[start:end].copy() for start, end in spans(len(sound)))


def track(bed: bool = True):
    made = TrackMaker("golden", "breathing", bed=bed).sound("bell", 6).say("One sentence.").rest(7)
    made.breathe(cycles=2, guide=1, in_=2, out=3).say("Here it ends.").rest(9)
    return made.done()


class SteadyBed:
    """A bed of noise by whole numbers."""

    any_place = True

    def blocks(self, frames: int, first: int = 0) -> Iterator[Block]:
        whole = signal(frames, 2, seed=9)
        return (whole[start:end] for start, end in spans(frames, first))

    def prepare(self, go_on=None) -> None:
        pass


def mixed() -> TrackMix:
    timeline = track()
    lengths = {event.spoken: event.end - event.start for event in timeline.speech()}
    clips = {spoken: signal(frames, seed=len(spoken.text)) for spoken, frames in lengths.items()}
    return TrackMix(
        timeline,
        lambda spoken: Clip(clips[spoken], SAMPLERATE),
        lambda spoken: np.full(-(-lengths[spoken] // 4800), 0.003),
        SteadyBed(),
    )


def rendered(folder: Path) -> np.ndarray:
    found: list[Any] = []
    watch = SimpleNamespace(
        go_on=lambda: None,
        prepared=lambda job: None,
        mixed=lambda job, frames: None,
        encoded=lambda job, frames: None,
        finished=lambda job, path, measures: found.append(measures),
    )
    path, job = folder / "track.wav", SimpleNamespace(mix=mixed(), keys=None)
    for part in TrackRenderer(job, path, FORMATS["wav"], None, watch).begin():
        part()
    (measures,) = found
    with wave.open(str(path)) as file:
        heard = np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32768
    return flat(heard, measures.mix * 100, measures.voice * 100, [measures.true_peak_db / 100])


def flat(*arrays: Any) -> np.ndarray:
    return np.concatenate([np.asarray(array, np.float64).ravel() for array in arrays])


def espeak(_: Path) -> np.ndarray:
    said = []
    for name, pace in (("en-us", 1.0), ("fr-fr", 0.6), ("cs+f2", 1.3)):
        voice = espeak_voice.EspeakVoice.open(name, "en")
        settings = espeak_voice._settings(voice._rate, pace)
        said.append(synthesise("Ma 1, a.", voice._file, settings)[0] / 32768)
    return flat(*said)


def gtts(_: Path) -> np.ndarray:
    """Three parts, as the test's own service speaks them."""
    waiting = list(gtts_text.parts(f"{SENTENCE} {SENTENCE} {SENTENCE}"))
    transport = SimpleNamespace(send=lambda _: _body(Answer.WELL, waiting.pop(0)))
    voice = GttsVoice(choose("en-gb", "en"), "en", transport=transport)
    return voice.speak(f"{SENTENCE} {SENTENCE} {SENTENCE}", pace=1.1).samples


def gtts_words(_: Path) -> bytes:
    parts = [part for text in TEXTS for part in gtts_text.parts(text)]
    asked = questions(SENTENCE, choose("en-gb", "en"))
    return repr(
        (parts, [gtts_text.gap_after(part) for part in parts], asked[0].request.body)
    ).encode()


def kokoro_words(_: Path) -> bytes:
    """Phonemes in the runs that they are spoken in."""
    said = (*TEXTS, "Shh. Hm, 4-7-8 (or 5-6)\u00ad; “so”… *")
    return repr([list(runs(phonemes(text, "en-us"))) for text in said]).encode()


def in_ipa(_: Path) -> bytes:
    """Pronunciations in the sounds of espeak's languages and of Kokoro."""
    said = [read_ipa(ipa) for ipa in ("ˈzəʊi", "ʒuˈɐ̃w̃", "ˌkɹeɪnioʊˈseɪkɹəl", "ʃːː", "ˈr̝ɛka")]
    files = ("gmw/en-US", "gmw/en", "zlw/cs", "roa/es")
    return repr([*([mnemonics(ipa, file) for ipa in said] for file in files),
                 [fitted_to_kokoro(ipa) for ipa in said]]).encode()  # fmt: skip


def kokoro(_: Path) -> np.ndarray:
    """What becomes of a model's sound; the model is in the key by its hash."""
    sounds = [
        ModelSound(padded(20_000, 24_000)[:, 0], np.array([20, 4, 9, 1])),
        ModelSound(signal(15_000, seed=2)[:, 0], np.array([6, 20, 1])),
    ]
    return finished(sounds, 0.5)


def piper_words(_: Path) -> bytes:
    said = (*TEXTS, "Rest… and… [[breathe]]. . . so\u00ad…", "?!")
    return "\n".join(piper_text(text) for text in said).encode()


def piper(_: Path) -> np.ndarray:
    """What becomes of a model's sound; the model is in the key by its hash."""
    return piper_finished(
        [padded(20_000, 22_050)[:, 0], signal(15_000, seed=2)[:, 0]], samplerate=22_050
    )


def padded(frames: int, rate: int) -> Block:
    return np.pad(signal(frames), ((rate // 5, rate // 3), (0, 0)))


def stored(_: Path) -> np.ndarray:
    payload = packed(Clip(signal(50_001) * np.float32(0.7), SAMPLERATE))
    clip = unpacked(payload)
    assert clip is not None
    return flat(clip.samples)


def metered(_: Path) -> np.ndarray:
    found = measure(blocks_of(signal(5 * SAMPLERATE, 2)), 2)
    levels = [found.integrated, found.momentary_max, found.short_term_max]
    return flat(found.energies * 100, np.array(levels) / 100)


def peaked(_: Path) -> np.ndarray:
    peaks = []
    for seed in range(20):
        meter = TruePeakMeter(2)
        meter.add(signal(4_800, 2, seed))
        peaks.append(meter.peak / 100)
    return flat(peaks)


def ducked(_: Path) -> np.ndarray:
    timeline = track()
    curve = plan_duck(timeline)
    gains = [curve.gains(start, end) for start, end in spans(timeline.frames)]
    return flat(*(np.broadcast_to(each, (BLOCK_FRAMES, 1))[::16] for each in gains))


def faded(_: Path) -> np.ndarray:
    sound = signal(30_000, 2)
    apply(sound, fades(0, 30_000, first=2_000, last=28_000, fade_in=9_000, fade_out=11_000))
    return sound


def limited(_: Path) -> np.ndarray:
    return np.concatenate(list(limit(blocks_of(signal(60_000, 2) * np.float32(6)), 2)))


def gained(_: Path) -> np.ndarray:
    energies = [np.full(40, 10.0**-power) for power in range(1, 6)]
    return np.log10([*map(speech_gain, energies), 10 * speech_gain(np.zeros(40))])


def rng() -> np.random.Generator:
    return np.random.Generator(np.random.PCG64(3))


def noisy(_: Path) -> np.ndarray:
    frames, made = 3**9, rng()
    drift = noise.drift(made, frames, 5.0)
    sound = noise.stereo_noise(made, noise.band(frames, 200.0, 4_000.0, tilt=-3.0), frames, 0.7)
    return flat(noise.unit(sound) * noise.gains(drift, 2.0)[:, None], drift)


def grained(_: Path) -> np.ndarray:
    loop, made = np.zeros((20_000, 2), np.float32), rng()
    for at in grains.moments(made, 20_000, 30.0, chance=0.7):
        times = grains.seconds_axis(0.05)
        grain = np.sin(times * 3_000).astype(np.float32) * grains.plucked(times, 0.002, 0.01)
        grains.add(loop, at, grain, *grains.pan(made, 0.8))
    return flat(loop, grains.swell(0.3))


class Hiss(Layer):
    """White noise, which is all that a loop needs to be tried."""

    sound: Literal["hiss"] = "hiss"

    def render(self, rng: np.random.Generator, frames: int) -> Block:
        return rng.standard_normal((frames, 2), dtype=np.float32)


def looped(_: Path) -> np.ndarray:
    bed = LoopBed([Hiss(), Hiss(level="-6dB")])
    return flat(*list(bed.blocks(20 * BLOCK_FRAMES, 10 * BLOCK_FRAMES)))


def recorded(folder: Path) -> np.ndarray:
    with wave.open(str(folder / "bed.wav"), "wb") as file:
        file.setparams((2, 2, SAMPLERATE, 0, "NONE", ""))
        file.writeframes((signal(2 * SAMPLERATE, 2) * 32768).astype("<i2").tobytes())
    return flat(*FileBed(folder / "bed.wav").blocks(samples(5)))


def encoded(name: str) -> Callable[[Path], np.ndarray | bytes]:
    """Files of formats that are made by whole numbers, or by one library, are compared as bytes."""

    def make(folder: Path) -> np.ndarray | bytes:
        path = folder / "x"
        for channels in (1, 2):
            with FORMATS[name].open(path.with_suffix(f".{channels}"), channels) as encoder:
                for block in blocks_of(signal(100 * MP3_FRAME, channels)):
                    encoder.write(block)
        paths = [path.with_suffix(f".{channels}") for channels in (1, 2)]
        if name in ("mp3", "flac", "wav"):
            return b"".join(each.read_bytes() for each in paths)
        return flat(*(decode(each) for each in paths))

    return make


def spliced(folder: Path) -> bytes:
    sound = signal(60 * MP3_FRAME * 20, 2) + signal(60 * MP3_FRAME * 20, 2, seed=5) / 8
    pieces = cut(len(sound), 20 * BLOCK_FRAMES)
    paths = []
    for number, piece in enumerate(pieces):
        paths.append(folder / f"{number}.piece")
        with FORMATS["mp3"].open(paths[-1], 2) as encoder:
            for block in blocks_of(sound[piece.first : piece.last]):
                encoder.write(block)
    splice(paths, pieces, folder / "whole.mp3")
    return (folder / "whole.mp3").read_bytes()


def generator(name: str) -> Callable[[Path], np.ndarray]:
    return lambda _: GENERATORS[name](sound=name).render(rng(), 11**5)


def texts(prepare: Callable[[str], object], *more: str) -> Callable[[Path], bytes]:
    return lambda _: repr([prepare(text) for text in (*TEXTS, *more)]).encode()


def shots(_: Path) -> np.ndarray:
    return flat(*(_made(ONE_SHOTS[name]()).samples for name in ONE_SHOTS))


def guided(_: Path) -> np.ndarray:
    phases: Sequence[Any] = ("in", "hold", "out", "rest")
    return flat(*(guide_tone(phase, samples(seconds)) for phase in phases for seconds in (1, 4)))


SAMPLES: dict[str, Sample] = {
    "espeak text": Sample(texts(espeak_text.prepare, "Breathe 4-7-8, from 5-6.")),
    "ipa": Sample(in_ipa, where="here"),
    "espeak speech": Sample(espeak, where="here"),
    "trim": Sample(lambda _: trim(padded(20_000, 22_050), 22_050)),
    "polish": Sample(lambda _: polish(signal(22_050), 22_050)),
    "kokoro text": Sample(kokoro_words, ("espeak text",), where="here"),
    "kokoro speech": Sample(kokoro, ("trim",)),
    "piper text": Sample(piper_words, ("espeak text",)),
    "piper speech": Sample(piper, ("trim",)),
    "tone voice": Sample(lambda _: ToneVoice.open(None, "en").speak(SENTENCE, pace=1.1).samples),
    "gtts text": Sample(gtts_words),
    "gtts speech": Sample(gtts, ("trim", "gtts text"), where="here"),
    "clip": Sample(stored),
    "meter": Sample(metered),
    "true peak": Sample(peaked),
    "one-shots": Sample(shots),
    "guide tone": Sample(guided),
    "duck": Sample(ducked),
    "fades": Sample(faded),
    "mix": Sample(
        lambda _: np.concatenate(list(mixed().blocks(0.4, 0.5))),
        ("duck", "fades", "one-shots", "guide tone", "limiter"),
    ),
    "limiter": Sample(limited),
    "speech gain": Sample(gained),
    "noise": Sample(noisy),
    "grains": Sample(grained),
    "loops": Sample(looped),
    "recorded soundscape": Sample(recorded, where="here"),
    "track": Sample(rendered, ("duck", "fades", "one-shots", "guide tone", "wav")),
    "splice": Sample(spliced, ("mp3",), where="here"),
    **{name: Sample(encoded(name), where="here") for name in FORMATS if name != "wav"},
    "wav": Sample(encoded("wav")),
    "cover": Sample(lambda _: png_of(SVG, width=64), where="here"),
    **{
        f"layer {name}": Sample(generator(name), ("noise", "grains")) for name in sorted(GENERATORS)
    },
}
"""Every step of serguide.cache.versions, and each of our own generators."""


def print_of(sample: Any) -> dict[str, Any]:
    """Return what is remembered of a sample."""
    if isinstance(sample, bytes):
        return {"length": len(sample), "sha256": hashlib.sha256(sample).hexdigest()}
    values = np.asarray(sample, np.float64).ravel()
    sums = []
    for place in range(8):
        lot = hashlib.shake_256(f"lot {place}".encode()).digest(-(-len(values) // 8))
        signs = np.unpackbits(np.frombuffer(lot, np.uint8))[: len(values)] * 2.0 - 1.0
        sums.append(float(f"{values @ signs / np.sqrt(len(values)):.6g}"))
    level = float(f"{np.sqrt(np.mean(values**2)):.6g}")
    return {"length": len(values), "level": level, "sums": sums}


def alike(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Tell whether two prints are of the same sample, by machines of different make."""
    if "sha256" in one or "sha256" in other or one["length"] != other["length"]:
        return one == other
    apart = np.subtract([one["level"], *one["sums"]], [other["level"], *other["sums"]])
    return bool(np.abs(apart).max() <= 2e-4 * other["level"])
