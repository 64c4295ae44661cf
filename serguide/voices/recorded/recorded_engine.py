"""Engine of recorded voices: those that lie in the libraries at hand."""

from __future__ import annotations

from pathlib import Path

from serguide.base.errors import ScriptError, SerguideError, VoiceError
from serguide.base.hints import Hint, Remedy
from serguide.recordings.voice_description import VoiceCard
from serguide.recordings.voice_folder import VoiceFolder
from serguide.voices.base import VoiceDescription, VoiceEngine, VoiceVariant
from serguide.voices.language_match import unknown
from serguide.voices.recorded.recorded_folders import voice_folders
from serguide.voices.recorded.recorded_voice import RecordedVoice
from serguide.voices.recorded.standing_in import voice_standing_in

ENGINE = "recorded"

_NONE_YET = Hint("No voice is recorded in the libraries: record one.", Remedy("record"))


class RecordedEngine:
    """Describe and open the recorded voices of some libraries."""

    def __init__(self, libraries: tuple[Path, ...]) -> None:
        """Take the libraries' folders, in the order in which names are looked up."""
        self._libraries = libraries

    def describe(self) -> VoiceDescription:
        """Return the voices that there are; their cards are read, no index and no sound."""
        variants = tuple(_described(folder) for folder in voice_folders(self._libraries).values())
        return VoiceDescription(
            ENGINE,
            "as the person says whose voice it is",
            variants,
            about="your own voice, sentence by sentence",
            install="" if variants else _NONE_YET,
        )

    def open(self, variant: str | None, language: str) -> RecordedVoice:
        """Return a recorded voice by its name; without one, the only one that there is."""
        folders = voice_folders(self._libraries)
        if variant is None and len(folders) == 1:
            variant = next(iter(folders))
        if variant is None or variant not in folders:
            raise _no_voice(variant, folders)
        folder = folders[variant]
        try:
            card, index = folder.card(), folder.open_index()
        except ScriptError as error:
            first = error.problems[0]
            raise VoiceError(
                f"The recorded voice `{variant}` cannot be opened: {first.path}:{first.line}: "
                f"{first.message}.",
                first.hint,
            ) from error
        except SerguideError as error:
            raise VoiceError(
                f"The recorded voice `{variant}` cannot be opened: {error.message}.", error.hint
            ) from error
        return RecordedVoice(
            folder, index.recordings, language, voice_standing_in(variant, card, language)
        )


def within(libraries: tuple[Path, ...]) -> VoiceEngine:
    """Return the engine of these libraries."""
    return RecordedEngine(libraries)


def describe() -> VoiceDescription:
    """Return that no voice is recorded where no library is at hand."""
    return RecordedEngine(()).describe()


def open(variant: str | None, language: str) -> RecordedVoice:  # noqa: A001  (VoiceEngine's)
    """Raise VoiceError, because no library is at hand."""
    return RecordedEngine(()).open(variant, language)


def _described(folder: VoiceFolder) -> VoiceVariant:
    try:
        card = folder.card()
    except ScriptError as error:
        return VoiceVariant(folder.name, "en", folder.name, install=str(error.problems[0]))
    return VoiceVariant(folder.name, card.language, _label(card), origin=card.made_by)


def _label(card: VoiceCard) -> str:
    return f"{card.title}, recorded"


def _no_voice(variant: str | None, folders: dict[str, VoiceFolder]) -> VoiceError:
    there = f"There are {', '.join(folders)}." if folders else f"{_NONE_YET.capitalize()}."
    if variant is None:
        return VoiceError("The voice `recorded` needs the name of a recorded voice.", there)
    hint = Hint(f"{there} Is its library named?", Remedy("voices"))
    return unknown("recorded voice", variant, folders, hint)
