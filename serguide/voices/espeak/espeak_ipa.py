"""Say IPA in espeak's own phonemes: those of `[[…]]`, which are no IPA.

Which mnemonic is which sound depends on the language's phoneme table (`O:` is ɔː in one and oː in
another). So espeak is asked: for every mnemonic of its data (`phontab`), how it writes it in IPA
in this language; turned round, that is the table. A mnemonic that the language lacks comes back
as another, and is left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import espeakng_loader

from serguide.base.errors import VoiceError
from serguide.base.ipa.ipa_fitting import FittedIpa, fitted
from serguide.base.ipa.ipa_letters import LETTERS, MARKS, PRIMARY, SECONDARY
from serguide.script.program import Sounded
from serguide.script.pronunciation import sounded_parts
from serguide.voices.espeak.espeak_library import phonemes_as, phonemes_of
from serguide.voices.espeak.espeak_text import prepare

_HEADER, _TABLE, _ENTRY = 4, 36, 16  # bytes of `phontab`, as espeak-ng's phoneme.h lays it out
_NAME, _KIND = 4, 11
_VOWEL: Final = 2  # among the kinds of phonemes; below are pauses and stress
_SHARED: Final = frozenset(("base", "base1", "base2", "consonants"))
"""Tables that others are built on."""

_STRESS: Final = {PRIMARY: "'", SECONDARY: ","}
_BRACKETS: Final = re.compile(r"\[(?=\[)|\](?=\])")
_SOUND: Final = frozenset((*LETTERS, *MARKS))


def marked_up(text: str, sounds: tuple[Sounded, ...], file: str) -> str:
    """Return a text, prepared, whose stretches with sounds are espeak's phonemes.

    file: of the catalogue, the language's. Two brackets in a row that the text itself has are
    parted, so that nothing in it is taken for phonemes. Raises VoiceError.
    """
    said = ""
    for part, ipa in sounded_parts(text, sounds):
        plain = f"[[{mnemonics(ipa, file)}]]" if ipa else _BRACKETS.sub(r"\g<0> ", prepare(part))
        apart = ipa or part[:1].isspace() or said.endswith("]]")
        said += f" {plain}" if said and plain and apart and plain[0] not in ",.;:!?…" else plain
    return said


def fitted_to_espeak(ipa: str, file: str) -> FittedIpa:
    """Return a pronunciation in the sounds of one of espeak's languages. Raises VoiceError."""
    sounds = espeak_sounds(file)
    return fitted(ipa, sounds.own, sounds.foreign)


def mnemonics(ipa: str, file: str) -> str:
    """Return a pronunciation in a language's phonemes, parted by `|`. Raises VoiceError."""
    sounds = espeak_sounds(file)
    table = {**sounds.foreign, **sounds.own}
    said, before = "", ""
    for unit in fitted_to_espeak(ipa, file).units:
        sound = _STRESS.get(unit) or ("]] [[" if unit == " " else table[unit])
        parted = before in table and unit in table
        said += f"|{sound}" if parted else sound
        before = unit
    return said


@dataclass(frozen=True, slots=True)
class EspeakSounds:
    """Hold a language's sounds, IPA to mnemonic: its own, and others."""

    own: Mapping[str, str]
    foreign: Mapping[str, str]


@cache
def espeak_sounds(file: str) -> EspeakSounds:
    """Return a language's sounds. file: of the catalogue. Raises VoiceError."""
    own, shared = _mnemonics(_table_name(file))
    found = _written({**shared, **own}, file)
    vowels = "".join(phonemes_of(_VOWELS, file))
    r = frozenset("".join(phonemes_of(_RS, file))) & {*_RHOTICS, "ɾ"}
    mine, foreign = {}, {}
    for ipa, name in found.items():
        if ipa[0] not in LETTERS:
            continue
        of_language = name in own or not shared[name] or ipa in vowels
        if of_language and not (ipa in _RHOTICS and r and ipa not in r):
            mine[ipa] = name
        else:
            foreign[ipa] = name
    return EspeakSounds(mine, foreign)


_VOWELS: Final = ("pata", "peta", "pita", "pota", "puta")
_RS: Final = ("para", "rata")
"""Syllables by which a language tells which of the sounds that its table shares are its own."""

_RHOTICS: Final = frozenset("rɹʀʁɻ")


def _written(names: Mapping[str, bool], file: str) -> dict[str, str]:
    """Return mnemonics by the IPA that espeak writes for them among other sounds.

    names: whether each is a vowel. A vowel is asked for between consonants and a consonant
    before a stressed vowel, because some change or fall silent at a word's end.
    """
    # Of several mnemonics of one sound the plainest is taken.
    ordered = sorted(names, key=lambda name: (len(name), not name.isalnum(), name))
    vowels = [name for name in ordered if names[name]]
    consonants = [name for name in ordered if not names[name]]
    a = phonemes_as(["[[p'a|p]]"], file, ipa=True)[0][2:-1]
    found: dict[str, str] = {}
    for before, asked, behind, left, right in (
        ("p'", vowels, "p", "pˈ", "p"),
        ("", consonants, "'a", "", f"ˈ{a}"),
        ("a", consonants, "'a", a, f"ˈ{a}"),
    ):
        texts = [f"[[{before}|{name}{'|' if asked is vowels else ''}{behind}]]" for name in asked]
        back, heard = phonemes_as(texts, file, ipa=False), phonemes_as(texts, file, ipa=True)
        for name, own, ipa in zip(asked, back, heard, strict=True):
            sound = ipa.removeprefix(left).removesuffix(right)
            whole = own == before + name + behind and ipa == left + sound + right
            if whole and sound and set(sound) <= _SOUND:
                found.setdefault(sound, name)
    return found


def _table_name(file: str) -> str:
    """Return the name of a language's phoneme table, as espeak finds it."""
    lines = (Path(espeakng_loader.get_data_path()) / "lang" / file).read_text("utf-8").splitlines()
    found: dict[str, str] = {}
    for line in lines:
        key, _, value = line.partition("//")[0].strip().partition(" ")
        found.setdefault(key, value.split()[0] if value.split() else "")
    return found.get("phonemes") or found.get("language", "").partition("-")[0]


def _mnemonics(table: str) -> tuple[dict[str, bool], dict[str, bool]]:
    """Return a table's own phonemes and those that it shares, each with whether it is a vowel.

    Raises VoiceError.
    """
    try:
        data = (Path(espeakng_loader.get_data_path()) / "phontab").read_bytes()
    except OSError as error:
        raise VoiceError(
            f"espeak cannot read its phonemes: {error}.",
            "Install it again: `pip install --force-reinstall espeakng-loader`.",
        ) from error
    tables: list[tuple[str, int, dict[str, bool]]] = []
    position = _HEADER
    for _ in range(data[0]):
        entries, base = data[position], data[position + 1]
        title = data[position + 4 : position + _TABLE].rstrip(b"\0").decode("latin-1")
        position += _TABLE
        phonemes = {}
        for _ in range(entries):
            name = data[position : position + _NAME].rstrip(b"\0").decode("latin-1")
            kind = data[position + _KIND]
            if kind >= _VOWEL and name and not set(name) & set("|_'[]"):
                phonemes[name] = kind == _VOWEL
            position += _ENTRY
        tables.append((title, base, phonemes))
    own: dict[str, bool] = {}
    shared: dict[str, bool] = {}
    number = next((n for n, each in enumerate(tables, start=1) if each[0] == table), 1)
    while number:
        title, number, phonemes = tables[number - 1]
        into = shared if title in _SHARED else own
        into.update({name: kind for name, kind in phonemes.items() if name not in own})
    return own, shared
