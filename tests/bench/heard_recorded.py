"""Measure a session in a recorded voice: `python tests/bench/heard_recorded.py [SESSION]`.

A take of the session is made from Piper's joe, noise 20 dB under it, a seventh of the sentences
left out; `recordings add` finds them, `render` mixes them with espeak. Measured are the rendered
files, by FFmpeg's meter and by Whisper base: how loud and how high each file is, how far recorded
and spoken sentences lie apart, how far speech begins from its caption, and which words are heard.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import soundfile
from heard_sounds import captions, decoded
from heard_whisper import Whisper, missing
from heard_words import WordErrors, word_errors

HERE = Path(__file__).parent
TESTS = HERE.parent
sys.path[:0] = [str(TESTS.parent), str(TESTS / "alignment"), str(TESTS / "audio")]

# These lie in folders that are no packages, which the line above makes known.
from long_takes import RATE, Recipe, make_take  # noqa: E402
from sound_signals import ebur128  # noqa: E402
from take_voices import Joe  # noqa: E402

from serguide.base.units import SAMPLERATE  # noqa: E402

PROGRAM = [sys.executable, "-m", "serguide"]
VOICE = "measured"
_SHORTEST = 1.2  # seconds of a sentence whose loudness a meter can tell
_LOUD = 0.02  # of full scale; where speech begins in a file without a soundscape


def main() -> None:
    """Make, measure and print."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("session", nargs="?", default="five-minute-reset")
    options.add_argument("--kept", type=Path, default=Path("build/heard"), metavar="FOLDER")
    asked = options.parse_args()
    if needed := missing():
        sys.exit(needed)
    with tempfile.TemporaryDirectory(prefix="serguide-recorded-") as folder:
        home = Path(folder)
        states = record(home, asked.session)
        render = ["render", asked.session, *_library(home), "--voice", f"recorded:{VOICE}"]
        _run(*render, "-o", home / "out", "--soundscape", "none")
        files(home / "out")
        sentences(home / "out", states, Whisper(asked.kept))


def record(home: Path, session: str) -> dict[str, str]:
    """Read a session into a recorded voice; return the state of each sentence by its text."""
    (home / "lib" / "scripts").mkdir(parents=True)
    (home / "lib" / "voices" / VOICE).mkdir(parents=True)
    card = "title: Measured\nlanguage: en\notherwise: espeak:en-us\nconsent: me\n"
    (home / "lib" / "voices" / VOICE / "voice.yaml").write_text(card, encoding="utf-8")
    listed = _listed(home, session)
    texts = [each["text"] for each in listed if each["state"] != "value"]
    recipe = Recipe("whole", "joe", range(len(texts)), 7, omissions=0.15, wrong=0.0)
    take = make_take(recipe, texts, {}, Joe())
    soundfile.write(home / "take.wav", take.samples, RATE, subtype="PCM_16")
    _run("recordings", "add", home / "take.wav", session, *_library(home), "--voice", VOICE)
    found = {each["text"]: each["state"] for each in _listed(home, session)}
    counted = {state: sum(each == state for each in found.values()) for state in found.values()}
    print(f"sentences: {len(texts)}, left out: {len(take.unread)}; then {counted}")
    return found


def files(bundle: Path) -> None:
    """Print how loud each sound file is, by FFmpeg."""
    print("| file | LUFS | dBTP |\n|---|---|---|")
    for path in sorted([*bundle.glob("*.mp3"), *bundle.glob("tracks/*.mp3")]):
        command = ["ffmpeg", "-nostats", "-i", str(path), "-af", "ebur128=peak=true", "-f", "null"]
        told = subprocess.run([*command, "-"], capture_output=True, text=True, check=True).stderr
        summary = told[told.rindex("Summary:") :]
        loud = re.search(r"I:\s+(-?[\d.]+) LUFS", summary)
        peak = re.search(r"Peak:\s+(-?[\d.]+) dBFS", summary)
        assert loud is not None, told
        assert peak is not None, told
        print(f"| {path.relative_to(bundle)} | {loud[1]} | {peak[1]} |")


def sentences(bundle: Path, states: dict[str, str], whisper: Whisper) -> None:
    """Print what sentences have in common in the session's file: level, onset, words."""
    sound = decoded(bundle / "session.mp3")
    levels: dict[str, list[float]] = {"recorded": [], "espeak": []}
    errors: dict[str, list[WordErrors]] = {"recorded": [], "espeak": []}
    late = []
    for start, end, text in captions((bundle / "captions.vtt").read_text("utf-8")):
        kind = "recorded" if states.get(text) == "good" else "espeak"
        first = round(start * SAMPLERATE)
        part = sound[first : round(end * SAMPLERATE)]
        around = sound[max(0, first - SAMPLERATE // 5) : first + len(part) + SAMPLERATE // 5]
        errors[kind].append(word_errors(text, whisper.hear(around, SAMPLERATE)))
        late.append(abs(int(np.argmax(np.abs(part) > _LOUD))) / SAMPLERATE)
        if len(part) >= _SHORTEST * SAMPLERATE:
            levels[kind].append(ebur128(part[:, np.newaxis])["I"])
    for kind, heard in errors.items():
        total = WordErrors.total(heard)
        median, spread = statistics.median(levels[kind]), statistics.stdev(levels[kind])
        print(f"{kind}: {len(heard)} captions, {median:.1f} LUFS in the median, spread "
              f"{spread:.1f} LU; {total.errors} of {total.words} words wrong "
              f"({total.share:.1%})")  # fmt: skip
    print(f"speech begins {statistics.median(late) * 1000:.0f} ms behind its caption in the "
          f"median, {max(late) * 1000:.0f} ms at the most")  # fmt: skip


def _listed(home: Path, session: str) -> list[dict[str, str]]:
    command = ["recordings", "list", session, *_library(home), "--voice", VOICE, "--json"]
    told: list[dict[str, str]] = json.loads(_run(*command))
    return told


def _library(home: Path) -> list[str]:
    return ["--library", str(home / "lib")]


def _run(*arguments: str | Path) -> str:
    command = [*PROGRAM, *map(str, arguments)]
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout


if __name__ == "__main__":
    main()
