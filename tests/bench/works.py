"""The two baselines and the first sound: `python works.py encode|naive|first ...`.

Each is a program of its own.
"""

from __future__ import annotations

import os
import sys
import wave
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np


def encode(folder: Path) -> None:
    """Encode the tracks of a WAV bundle as MP3, with the same encoder, on all cores."""
    from serguide.audio.types import BLOCK_FRAMES
    from serguide.base.cores import cores
    from serguide.encode.mp3.encoder import Mp3Encoder

    def one(path: Path) -> None:
        with wave.open(str(path), "rb") as track, Mp3Encoder(path.with_suffix(".mp3"), 2) as out:
            while data := track.readframes(BLOCK_FRAMES):
                out.write(np.frombuffer(data, "<i2").reshape(-1, 2) / np.float32(32768))

    tracks = sorted((folder / "tracks").glob("*.wav"), key=lambda path: -path.stat().st_size)
    with ThreadPoolExecutor(cores()) as pool:
        list(pool.map(one, [*tracks, folder / "ground.wav"]))


def naive(session: Path, library: Path, cache: Path, target: Path) -> None:
    """Make the session as most tools do: the same clips, joined and overlaid in memory."""
    from pydub import AudioSegment

    from serguide.audio.oneshots import frames_of
    from serguide.base.units import SAMPLERATE, Samples
    from serguide.cache.store import Store
    from serguide.script.library import open_libraries
    from serguide.script.program import spoken_of
    from serguide.script.resolve import resolve
    from serguide.soundscapes.bed import open_bed
    from serguide.timeline import lay_out
    from serguide.voices.narrate import narrate
    from serguide.voices.select import VoiceSelection
    from serguide.voices.speakable_names import KNOWN

    def segment(block: np.ndarray) -> AudioSegment:
        whole = np.clip(np.rint(block * 32768.0), -32768, 32767).astype("<i2")
        return AudioSegment(
            whole.tobytes(), sample_width=2, frame_rate=SAMPLERATE, channels=block.shape[1]
        )

    def silence(frames: int) -> AudioSegment:
        return AudioSegment(bytes(2 * frames), sample_width=2, frame_rate=SAMPLERATE, channels=1)

    libraries = open_libraries([library])
    program = resolve(session, libraries, KNOWN)
    narration = narrate(spoken_of(program), VoiceSelection(program).voice_of, Store(cache))
    timeline = lay_out(program, narration.frames_of, frames_of)
    voice = silence(0)
    for track in timeline.tracks:
        at = 0
        for event in track.speech():
            assert event.spoken is not None
            voice += silence(event.start - at)
            voice += segment(narration.clip_of(event.spoken).samples)
            at = event.end
        voice += silence(track.frames - at)
    scene = timeline.tracks[0].program.bed
    assert scene is not None
    bed = open_bed(scene.name, libraries.find_soundscape)
    loop = np.concatenate(list(bed.blocks(Samples(40 * SAMPLERATE)))) * 10 ** (scene.level_db / 20)
    mixed = voice.set_channels(2).overlay(segment(loop), loop=True)
    mixed.export(str(target), format="wav").close()


def first_sound(session: Path, library: Path) -> None:
    """Play a session, and end at its first sample that is not silent."""
    from serguide.cli import main
    from serguide.player.audio.engine import Engine

    real = Engine.render

    def render(self: Engine, frames: int) -> np.ndarray:
        block = real(self, frames)
        if block.any():
            os._exit(0)
        return block

    Engine.render = render
    sys.argv = ["serguide", "play", str(session), "--library", str(library), "--no-ui"]
    main()
    raise SystemExit("nothing was heard")


def speak(session: Path, library: Path, cache: Path) -> None:
    """Speak all of a session's sentences on all cores, and nothing else."""
    from serguide.base.cores import cores
    from serguide.cache.store import Store
    from serguide.script.library import open_libraries
    from serguide.script.program import spoken_of
    from serguide.script.resolve import Overrides, resolve
    from serguide.voices.narrate import narrate
    from serguide.voices.select import VoiceSelection
    from serguide.voices.speakable_names import KNOWN

    overrides = Overrides(voice=os.environ["SERGUIDE_VOICE"])
    program = resolve(session, open_libraries([library]), KNOWN, overrides)
    narrate(spoken_of(program), VoiceSelection(program).voice_of, Store(cache), jobs=cores())


if __name__ == "__main__":
    {"encode": encode, "naive": naive, "first": first_sound, "speak": speak}[sys.argv[1]](
        *map(Path, sys.argv[2:])
    )
