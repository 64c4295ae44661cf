"""Measure what is promised about speed and memory: `python tests/bench/run.py`.

Prints a table in Markdown: each target, its figure, and two baselines from the same breath.
`--memory 5 20 60 240` adds the curve, `--picture FILE` draws it. To set two versions side by side,
`--content FOLDER` renders the scripts of the older one with each. Every figure is the least of
`--times` runs, by processor time: what else the machine does only ever adds to it.
"""

from __future__ import annotations

import argparse
import compileall
import os
import platform
import shutil
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent.parent)]

from curve import curve_png  # noqa: E402  (the folder is no package)
from sessions import edit, library, long  # noqa: E402
from usage import Usage, best_of, least, usage_of  # noqa: E402

PROGRAM = [sys.executable, "-m", "serguide"]
WORKS = [sys.executable, HERE / "works.py"]


def main() -> None:
    """Measure, and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--memory", type=int, nargs="*", default=[], metavar="MINUTES")
    options.add_argument("--picture", type=Path, metavar="FILE")
    options.add_argument("--content", type=Path, metavar="FOLDER", default=HERE.parent.parent)
    options.add_argument("--times", type=int, default=1, metavar="N")
    chosen = options.parse_args()
    root = str(HERE.parent.parent)
    os.environ["PYTHONPATH"] = os.pathsep.join([root, os.environ.get("PYTHONPATH", "")])
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    # espeak's figures, whatever else this machine has; natural.py takes those of natural voices.
    os.environ["SERGUIDE_NO_PACKAGED_VOICES"] = "1"
    os.environ["SERGUIDE_DATA"] = os.devnull
    # An installed program finds its bytecode; so does this one, and its libraries.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    compileall.compile_dir(Path(root, "serguide"), quiet=1)
    with tempfile.TemporaryDirectory(prefix="serguide-bench-") as folder:
        home = Path(folder)
        session = library(home / "lib", chosen.content)
        print(f"{_machine()}\n")
        _speed(home, session, chosen.times)
        peaks = [(minutes, _memory(home, minutes)) for minutes in chosen.memory]
    if peaks:
        print("\n| minutes | serguide, MB | pydub, MB |\n|---|---|---|")
        for minutes, (ours, theirs) in peaks:
            print(f"| {minutes} | {ours:.0f} | {'–' if theirs is None else f'{theirs:.0f}'} |")
    if chosen.picture:
        chosen.picture.write_bytes(curve_png(peaks))


def _speed(home: Path, session: Path, times: int) -> None:
    lib, cache = home / "lib", home / "cache"

    def render(*more: str | Path) -> Usage:
        command = [*PROGRAM, "render", session, "--library", lib, "-o", home / "out", *more]
        return usage_of(command, SERGUIDE_CACHE=str(cache))

    def render_cold() -> Usage:
        for folder in (cache, home / "out"):
            shutil.rmtree(folder, ignore_errors=True)
        return render()

    wav = [*PROGRAM, "render", session, "--library", lib, "-o", home / "wav", "--format", "wav"]
    usage_of(wav, SERGUIDE_CACHE=str(home / "wav-cache"))
    # In turns, so that both see the same machine.
    colds, encodes = [], []
    for _ in range(times):
        encodes.append(usage_of([*WORKS, "encode", home / "wav"]))
        colds.append(render_cold())
    cold, encode = least(colds), least(encodes)
    same = least(render() for _ in range(max(3, times)))
    naive = usage_of([*WORKS, "naive", session, lib, home / "naive-cache", home / "naive.wav"])
    edit(lib)
    quiet = {"SERGUIDE_CACHE": str(cache), "SERGUIDE_AUDIO_BACKEND": "null"}
    quiet["SERGUIDE_STATE"] = str(home / "state")
    shutil.copytree(cache, home / "kept")
    edits, sounds = [], []
    for _ in range(times):
        # What the last edit has left in the cache would make the next one cheaper.
        shutil.rmtree(cache)
        shutil.copytree(home / "kept", cache)
        sounds.append(usage_of([*WORKS, "first", session, lib], **quiet))
        edits.append(render())
    edited, sound = least(edits), least(sounds)
    start = best_of(5, [sys.executable, "-c", "import click"])
    version = best_of(5, [*PROGRAM, "--version"])
    listing = best_of(3, [*PROGRAM, "list"], SERGUIDE_CACHE=str(cache))
    check = best_of(3, [*PROGRAM, "check"], SERGUIDE_CACHE=str(cache))
    print("| what | target | CPU time | clock | CPU s | clock s | peak MB |")
    print("|---|---|---|---|---|---|---|")
    _row("encoding alone, all cores", "", encode, encode)
    _row("cold render, 20 minutes", "≤ 1.5 × encoding, CPU", cold, encode)
    _row("one sentence changed in 3 minutes", "≤ 8 % of cold, clock", edited, cold)
    _row("nothing changed", "≤ 3 % of cold, clock", same, cold)
    _row("first sound of `play`, sentence changed", "within 1 s", sound, None)
    _row("naive way in pydub, WAV, no encoding", "", naive, encode)
    _row("`import click`", "", start, start)
    _row("`--version`", "≤ 3 × `import click`", version, start)
    _row("`list`, whole library", "under 1 s", listing, None)
    _row("`check`, whole library", "under 1 s", check, None)


def _row(what: str, target: str, used: Usage, of: Usage | None) -> None:
    ratios = f"{used.cpu / of.cpu:.3f} | {used.wall / of.wall:.3f}" if of else "– | –"
    print(f"| {what} | {target} | {ratios} | {used.cpu:.2f} | {used.wall:.2f} | {used.peak:.0f} |")


def _memory(home: Path, minutes: int) -> tuple[float, float | None]:
    """Return the peak of a cold render, and of the naive way up to an hour, in MB."""
    lib = home / "lib"
    session = long(lib, minutes)
    cache = str(home / f"cache-{minutes}")
    ours = usage_of(
        [*PROGRAM, "render", session, "--library", lib, "-o", home / f"out-{minutes}"],
        SERGUIDE_CACHE=cache,
    )
    if minutes > 60:
        return ours.peak, None
    theirs = usage_of([*WORKS, "naive", session, lib, cache, home / "naive.wav"])
    return ours.peak, theirs.peak


def _machine() -> str:
    model = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.processor(),
    )
    cores = len(os.sched_getaffinity(0))
    load = os.getloadavg()[0]
    return f"{model}, {cores} cores, Python {platform.python_version()}; load {load:.1f} at start"


if __name__ == "__main__":
    main()
