"""What espeak makes of a text, word by word, in the International Phonetic Alphabet (IPA).

Taken from the events of speaking itself, so it is what is heard. Functions, structures and
constants: `speak_lib.h` of eSpeak NG 1.52.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import espeakng_loader

from serguide.voices.espeak.espeak_catalogue import catalogue
from serguide.voices.espeak.espeak_library import _loaded
from serguide.voices.espeak.espeak_text import prepare

_SYNCHRONOUS, _PHONEME_EVENTS, _IPA_EVENTS, _DONT_EXIT = 2, 1, 2, 0x8000
_UTF8, _IPA = 1, 2
_END, _WORD, _PHONEME = 0, 1, 7


class _Id(ctypes.Union):
    _fields_ = (
        ("number", ctypes.c_int),
        ("name", ctypes.c_char_p),
        ("string", ctypes.c_char * 8),
    )


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),  # in characters, from 1
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _Id),
    )


_Callback = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event)
)


class Phonemes:
    """Speak silently; one variant at a time."""

    def __init__(self, library: Any) -> None:
        self._library = library
        self._events: list[tuple[int, str]] = []
        self._callback = _Callback(self._keep)  # held as long as the library may call it
        library.espeak_SetSynthCallback(self._callback)
        library.espeak_TextToPhonemes.restype = ctypes.c_char_p

    def _keep(self, samples: Any, count: int, events: Any) -> int:
        index = 0
        while events[index].type != _END:
            event = events[index]
            if event.type == _WORD:
                self._events.append((event.text_position - 1, ""))
            elif event.type == _PHONEME and self._events:
                place, so_far = self._events[-1]
                self._events[-1] = (place, so_far + event.id.string.decode())
            index += 1
        return 0

    def choose(self, variant: str) -> None:
        """Speak with a variant of the catalogue, such as en-gb."""
        assert self._library.espeak_SetVoiceByName(catalogue().files[variant].encode()) == 0

    def by_word(self, text: str) -> list[tuple[int, str]]:
        """Return each word's first character, counted from 0, and its phonemes.

        Words that run into one another (“in the”) stand together, at the first one's place.
        """
        self._events = []
        utf8 = text.encode() + b"\0"
        size = ctypes.c_size_t(len(utf8))
        assert self._library.espeak_Synth(utf8, size, 0, 0, 0, _UTF8, None, None) == 0
        assert self._library.espeak_Synchronize() == 0
        return self._events

    def of_word(self, text: str, place: int) -> str:
        """Return the phonemes of the word that begins at a place of a text."""
        return [heard for start, heard in self.by_word(text) if start <= place][-1]

    def whole(self, text: str) -> str:
        """Return the phonemes of a text; a word in brackets, “(de)”, is a change of language."""
        buffer = ctypes.create_string_buffer(text.encode())
        rest, clauses = ctypes.c_void_p(ctypes.addressof(buffer)), []
        while rest.value:
            made = self._library.espeak_TextToPhonemes(ctypes.byref(rest), _UTF8, _IPA)
            clauses.append((made or b"").decode())
        return " ".join(clauses).strip()


@contextmanager
def phonemes() -> Iterator[Phonemes]:
    """Lend espeak, with its events; the program itself speaks nothing meanwhile."""
    with _loaded() as (library, _):
        data = espeakng_loader.get_data_path().encode()
        options = _PHONEME_EVENTS | _IPA_EVENTS | _DONT_EXIT
        assert library.espeak_Initialize(_SYNCHRONOUS, 0, data, options) > 0
        yield Phonemes(library)


def as_spoken(text: str) -> str:
    """Return a text as the voice gives it to espeak."""
    return prepare(text)
