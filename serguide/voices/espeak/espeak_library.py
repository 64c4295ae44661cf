"""Binding of the bundled libespeak-ng, through ctypes.

Its state is global and some of it (pitch flutter, automatic gain, noise) lives on from one
utterance to the next without any call that resets it: the same sentence comes out a few samples
longer or shorter, depending on what was said before. So each utterance gets a library that was
loaded afresh, which costs about 1 ms and gives the same samples in any order. One lock keeps
threads apart.

Functions, structures and constants: `speak_lib.h` of eSpeak NG 1.52.
"""

from __future__ import annotations

import _ctypes
import ctypes
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import espeakng_loader

from serguide.base.errors import VoiceError
from serguide.base.hints import Hint, Remedy

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_OUTPUT_SYNCHRONOUS = 2
_DONT_EXIT = 0x8000
_CHARS_UTF8 = 1  # and neither espeakSSML nor espeakPHONEMES: markup is text
_RATE, _VOLUME, _PITCH, _RANGE, _PUNCTUATION, _CAPITALS, _WORDGAP = 1, 2, 3, 4, 5, 6, 7
_SEED = 1
_IPA = 2  # phonemes as UTF-8 of the International Phonetic Alphabet, without separators

SLOWEST_RATE, FASTEST_RATE = 80, 450
"""What the library takes for a rate, in its words a minute; it clamps what lies outside."""

_lock = threading.Lock()


_Callback = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p
)


@dataclass(frozen=True, slots=True)
class EspeakSettings:
    """Hold what shapes an utterance.

    rate: the library's words a minute; pitch and pitch_range: 0 to 99, 50 is the library's
    default; wordgap: pause between words, in 10 ms at the library's default rate.
    """

    rate: int
    pitch: int
    pitch_range: int
    wordgap: int


@contextmanager
def _loaded() -> Iterator[tuple[Any, int]]:
    """Lend a fresh library and its sample rate, in Hz."""
    data = espeakng_loader.get_data_path()
    with _lock:
        try:
            library = ctypes.CDLL(espeakng_loader.get_library_path())
        except OSError as error:
            raise VoiceError(
                f"The speech library of espeak cannot be loaded: {error}.",
                "Install it again: `pip install --force-reinstall espeakng-loader`.",
            ) from error
        try:
            samplerate = library.espeak_Initialize(
                _OUTPUT_SYNCHRONOUS, 0, str(data).encode(), _DONT_EXIT
            )
            if samplerate <= 0:
                raise VoiceError(
                    f"espeak cannot read its data in {data}.",
                    "Install it again: `pip install --force-reinstall espeakng-loader`; if the "
                    "folder's path is longer than 140 characters, use a shorter one.",
                )
            try:
                yield library, samplerate
            finally:
                library.espeak_Terminate()  # ends its threads; to unload before would crash
        finally:
            _unload(library)


def _unload(library: ctypes.CDLL) -> None:
    """Give the library back, so that the next load starts from its first state."""
    if sys.platform == "win32":
        _ctypes.FreeLibrary(library._handle)
    else:
        _ctypes.dlclose(library._handle)


def synthesise(
    text: str, voice: str, settings: EspeakSettings
) -> tuple[npt.NDArray[np.int16], int]:
    """Speak text, whole and as plain text.

    voice: a file of the catalogue, with `+` and a timbre behind it or without.
    Return samples of shape (frames,), int16, and their rate in Hz. Raises VoiceError.
    """
    # Imported here, because listing and checking ask for the catalogue and never speak.
    import numpy as np

    chunks: list[bytes] = []
    raised: list[BaseException] = []

    def keep(samples: Any, count: int, events: Any) -> int:
        try:
            if samples and count > 0:
                chunks.append(ctypes.string_at(samples, 2 * count))
        except BaseException as error:  # such as Ctrl-C, which ctypes would print and forget
            raised.append(error)
        return len(raised)  # anything but 0 makes the library stop

    callback = _Callback(keep)  # held until the library has returned
    utf8 = text.encode("utf-8", "replace") + b"\0"
    with _loaded() as (library, samplerate):
        library.espeak_SetSynthCallback(callback)
        library.espeak_ng_SetRandSeed(ctypes.c_long(_SEED))
        if library.espeak_SetVoiceByName(voice.encode()) != 0:
            raise VoiceError(
                f"espeak cannot load its voice `{voice}`.",
                Hint("Choose another of its voices.", Remedy("voices")),
            )
        for parameter, value in (
            (_RATE, settings.rate),
            (_VOLUME, 100),
            (_PITCH, settings.pitch),
            (_RANGE, settings.pitch_range),
            (_PUNCTUATION, 0),
            (_CAPITALS, 0),
            (_WORDGAP, settings.wordgap),
        ):
            library.espeak_SetParameter(parameter, value, 0)
        status = library.espeak_Synth(
            utf8, ctypes.c_size_t(len(utf8)), 0, 0, 0, _CHARS_UTF8, None, None
        )
        if status == 0:
            status = library.espeak_Synchronize()
        if raised:
            raise raised[0]
        if status != 0:
            raise VoiceError(
                f"espeak could not speak “{text[:60]}” (status {status}).",
                "Try another voice, or word the sentence differently.",
            )
    return np.frombuffer(b"".join(chunks), dtype=np.int16), samplerate


def phonemes_of(clauses: Sequence[str], voice: str) -> list[str]:
    """Return the phonemes of each clause, in IPA with stress marks; nothing is spoken.

    Punctuation is lost: a clause is what stands between two marks of it. voice: a file of the
    catalogue. Raises VoiceError.
    """
    with _loaded() as (library, _):
        if library.espeak_SetVoiceByName(voice.encode()) != 0:
            raise VoiceError(
                f"espeak cannot load its voice `{voice}`.",
                "Install it again: `pip install --force-reinstall espeakng-loader`.",
            )
        translate = library.espeak_TextToPhonemes
        translate.restype = ctypes.c_char_p
        translate.argtypes = (ctypes.POINTER(ctypes.c_char_p), ctypes.c_int, ctypes.c_int)
        return [_phonemes(translate, clause) for clause in clauses]


def _phonemes(translate: Any, clause: str) -> str:
    """Return the phonemes of a text that the library may take in several parts."""
    rest = ctypes.c_char_p(clause.replace("\0", " ").encode("utf-8", "replace"))
    found = []
    while rest.value is not None:  # the library moves it on, and at the end sets it to NULL
        found.append((translate(ctypes.byref(rest), _CHARS_UTF8, _IPA) or b"").decode("utf-8"))
    return " ".join(part.strip() for part in found if part.strip())
