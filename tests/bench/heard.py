"""Measure how voices are heard: `python tests/bench/heard.py [VOICE ...] [--evening VOICE ...]`.

Word errors of Whisper base on thirty fixed sentences, dry, at each voice's calm pace; with
`--mos FOLDER` how natural they are predicted to be (DistillMOS); with `--evening` the word errors
over the whole first evening in the mix, as MP3. Prints tables in Markdown; `--wrong` adds what was
heard wrongly. Sounds, transcripts and the model are kept in `--kept`, so that a second run, or one
after a break, makes only what is new. What it needs, and how to get it: docs/heard.md.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
from pathlib import Path
from statistics import mean

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent.parent)]

import numpy as np  # noqa: E402
import soxr  # noqa: E402
from heard_sounds import LANGUAGE, cut_out, dry, rendered, sentences  # noqa: E402
from heard_whisper import RATE, Whisper, missing  # noqa: E402
from heard_words import WordErrors, word_errors  # noqa: E402

from serguide.base.units import SAMPLERATE  # noqa: E402
from serguide.voices.registry import open_voice  # noqa: E402

MOS_NEEDED = """DistillMOS did not run with {python}. It needs, in some folder of its own,
    pip install --no-deps --target FOLDER distillmos==0.9.1 xls-r-sqa==0.1.0
and a Python that has torch and torchaudio, such as Debian's:
    apt install python3-torch python3-torchaudio
Then: --mos FOLDER --python /usr/bin/python3"""

TARGETS = {  # the most of errors dry, the most in the whole evening, the least of DistillMOS
    "espeak": (None, 0.06, 3.56),
    "kokoro": (0.03, 0.035, 4.2),
    "piper": (0.03, None, 4.0),
}


def main() -> None:
    """Measure what is asked for, and print it."""
    asked = _arguments()
    if needed := missing():
        sys.exit(needed)
    whisper = Whisper(asked.kept)
    voices = asked.voices if asked.voices or asked.evening else ["espeak"]
    if voices:
        print("| voice | words wrong, dry | share | target | DistillMOS | target |")
        print("|---|---|---|---|---|---|")
    for name in voices:
        print(_dry_row(name, asked, whisper), flush=True)
    if asked.evening:
        print("\n| voice | words wrong, whole first evening, MP3 | share | target |")
        print("|---|---|---|---|")
    for name in asked.evening:
        print(_evening_row(name, asked, whisper), flush=True)


def _dry_row(name: str, asked: argparse.Namespace, whisper: Whisper) -> str:
    voice = open_voice(name, LANGUAGE)
    sounds = [(text, dry(voice, text, asked.kept)) for text in sentences()]
    counted = _counted(sounds, whisper, asked.wrong)
    most, _, least = _targets(name)
    score = f"{_natural([sound for _, sound in sounds], asked):.2f}" if asked.mos else "–"
    return (
        f"| {name} | {counted.errors} of {counted.words} | {counted.share:.1%} | "
        f"{'–' if most is None else f'≤ {most:.1%}'} | {score} | "
        f"{'–' if least is None else f'≥ {least}'} |"
    )


def _evening_row(name: str, asked: argparse.Namespace, whisper: Whisper) -> str:
    bundle = rendered(name, asked.kept / f"evening-{name.replace(':', '-')}")
    counted = _counted(list(cut_out(bundle)), whisper, asked.wrong)
    _, most, _ = _targets(name)
    return (
        f"| {name} | {counted.errors} of {counted.words} | {counted.share:.1%} | "
        f"{'–' if most is None else f'≤ {most:.1%}'} |"
    )


def _counted(sounds: list[tuple[str, np.ndarray]], whisper: Whisper, wrong: bool) -> WordErrors:
    counted = []
    for text, sound in sounds:
        heard = whisper.hear(sound, SAMPLERATE)
        counted.append(word_errors(text, heard))
        if wrong and counted[-1].errors:
            print(f"{counted[-1].errors}: {text} | {heard}", file=sys.stderr)
    return WordErrors.total(counted)


def _natural(sounds: list[np.ndarray], asked: argparse.Namespace) -> float:
    """Return the mean DistillMOS of sounds, by a Python that has torch."""
    paths = []
    folder = asked.kept / "mos"
    folder.mkdir(parents=True, exist_ok=True)
    for sound in sounds:
        heard = np.asarray(soxr.resample(sound, SAMPLERATE, RATE), np.float32)
        path = folder / f"{hashlib.sha256(heard.tobytes()).hexdigest()}.npy"
        if not path.is_file():
            np.save(path, heard)
        paths.append(str(path.resolve()))
    done = subprocess.run(
        [asked.python, str(HERE / "heard_mos.py"), str(asked.mos)],
        input=json.dumps(paths), capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        sys.exit(f"{done.stderr}\n{MOS_NEEDED.format(python=asked.python)}")
    return mean(json.loads(done.stdout))


def _targets(name: str) -> tuple[float | None, float | None, float | None]:
    return TARGETS.get(name.partition(":")[0], (None, None, None))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("voices", nargs="*", metavar="VOICE", help="such as kokoro:af_heart")
    parser.add_argument("--evening", action="append", default=[], metavar="VOICE")
    parser.add_argument("--mos", type=Path, metavar="FOLDER", help="where distillmos lies")
    parser.add_argument("--python", default="/usr/bin/python3", help="one that has torch")
    parser.add_argument("--kept", type=Path, default=Path("build/heard"), metavar="FOLDER")
    parser.add_argument("--wrong", action="store_true", help="say what was heard wrongly")
    return parser.parse_args()


if __name__ == "__main__":
    main()
