"""Registry of voice engines, our own and those that packages bring; open voices by their names."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, cast

from serguide.base.errors import VoiceError
from serguide.base.hints import Hint, Remedy
from serguide.base.plugins import BrokenPlugin, Plugins, load_plugins
from serguide.voices.base import LibraryEngine, Voice, VoiceDescription, VoiceEngine
from serguide.voices.language_match import unknown

GROUP: Final = "serguide.voices"
"""Entry points of this group name a VoiceEngine that a package brings."""

VOICES: Final[Mapping[str, str]] = {
    "espeak": "serguide.voices.espeak.espeak_engine",
    "gtts": "serguide.voices.google.gtts_engine",
    "kokoro": "serguide.voices.kokoro.kokoro_engine",
    "piper": "serguide.voices.piper.piper_engine",
    "recorded": "serguide.voices.recorded.recorded_engine",
    "tone": "serguide.voices.tone:ToneVoice",
}
"""Our own engines: the module, or the class in it, is imported when it is asked for."""


def engine_names() -> tuple[str, ...]:
    """Return the names of all engines: our own, then those of plug-ins."""
    return (*VOICES, *_plugins().found)


def broken_engines() -> tuple[BrokenPlugin, ...]:
    """Return the plug-ins that bring no voice, and why."""
    return _plugins().broken


def describe_voice(engine: str, libraries: tuple[Path, ...] = ()) -> VoiceDescription:
    """Return what an engine says of itself; nothing is opened. Raises VoiceError.

    libraries: folders in which recorded voices may lie.
    """
    return _engine(engine, libraries).describe()


def describe_voices(libraries: tuple[Path, ...] = ()) -> tuple[VoiceDescription, ...]:
    """Return what every engine says of itself; one whose files are damaged says how to mend it."""
    return tuple(_described(engine, libraries) for engine in engine_names())


def is_recorded(spec: str) -> bool:
    """Tell whether a voice's name is that of a recorded one, whose sentences are in libraries."""
    name = spec.partition(":")[0].strip()
    return name in VOICES and isinstance(_own(name), LibraryEngine)


def _described(engine: str, libraries: tuple[Path, ...]) -> VoiceDescription:
    try:
        return describe_voice(engine, libraries)
    except VoiceError as error:
        return VoiceDescription(engine, "", install=f"{error.message} {error.hint}")


def open_voice(spec: str, language: str, libraries: tuple[Path, ...] = ()) -> Voice:
    """Return the voice of a name such as `espeak`, `espeak:en-us` or `gtts:en-uk`.

    language: BCP 47; it chooses the variant when the name has none; libraries: folders in which
    recorded voices may lie, the first of a name wins. Raises VoiceError, with
    the nearest names, when there is no such voice.
    """
    name, colon, variant = spec.strip().partition(":")
    engine = _engine(name, libraries)
    if colon and not variant:
        raise VoiceError(
            f"The voice `{spec}` names no variant behind its colon.",
            Hint(f"Write `{name}` alone, or one of its variants.", Remedy("voices")),
        )
    return engine.open(variant or None, language)


def _engine(name: str, libraries: tuple[Path, ...]) -> VoiceEngine:
    """Return an engine; plug-ins are looked for when it is none of our own. Raises VoiceError."""
    if name in VOICES:
        own = _own(name)
        return own.within(libraries) if isinstance(own, LibraryEngine) else own
    plugins = _plugins()
    if name in plugins.found:
        return cast(VoiceEngine, plugins.found[name])
    for broken in plugins.broken:
        if broken.name == name:
            raise VoiceError(
                f"The voice {broken} cannot be used.",
                f"Install {broken.package} again, or ask those who made it.",
            )
    raise unknown("voice", name, engine_names(), f"There are {', '.join(engine_names())}.")


def _own(name: str) -> VoiceEngine:
    module, _, attribute = VOICES[name].partition(":")
    try:
        found: Any = importlib.import_module(module)
    except ImportError as error:
        raise VoiceError(
            f"The voice `{name}` is not installed whole: {error}.",
            "Install serguide again: `pip install --force-reinstall serguide`.",
        ) from error
    return cast(VoiceEngine, getattr(found, attribute) if attribute else found)


def _plugins() -> Plugins:
    return load_plugins(GROUP, tuple(VOICES), _fault)


def _fault(name: str, engine: Any) -> str | None:
    """Return why an object is no engine, or None."""
    if not isinstance(engine, VoiceEngine):
        return "it has no `describe` and `open`"
    described = engine.describe()
    if not isinstance(described, VoiceDescription):
        return "its `describe` returns no VoiceDescription"
    if described.engine != name:
        return f"it calls itself `{described.engine}`"
    return None
