"""Rules on pronunciations by IPA: what a voice makes of them, and what the check cannot read.

A respelling is read like any spoken text. IPA is not: so it is held against espeak's own reading
of the written word, and a word that is made to sound like another is told, for someone to listen.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from serguide.base.errors import VoiceError
from serguide.base.hints import Hint, Remedy
from serguide.base.ipa.ipa_fitting import apart
from serguide.safety.rule import Finding, rule
from serguide.safety.subject import Subject
from serguide.script.library import builtin_library
from serguide.script.library_pronunciations import words_of
from serguide.script.program import Origin, Sounded, Spoken
from serguide.script.pronunciation import read_pronunciation
from serguide.voices.base import SpeaksIpa

_FAR, _FAR_OF_A_NAME = 0.3, 0.5
"""Part of the sounds that differ above which a word is another one.

Measured with espeak's English: heteronyms and terms of anatomy lie up to 0.26 from its reading of
them, other words from 0.33 on but for pairs that a vowel parts (heal, hell: 0.11). Names, which it
reads by its own lights, lie up to 0.75: so one that begins with a capital is told from 0.5 on.
"""

_WHERE: Final = "by `pronounce`"


@rule(
    "W135",
    "A voice has the sounds that `pronounce` gives in IPA.",
    why="What a voice lacks it cannot say: it says what comes nearest, or reads the written word.",
    better=Hint(
        "Write the sound that comes nearest in the language, or a respelling behind the IPA: "
        "`/ˈzəʊi/ Zoh-ee`; and listen to it.",
        Remedy("voices"),
    ),
)
def sayable_sounds(subject: Subject) -> Iterator[Finding]:
    """Look at each word with IPA, and at the voice that speaks it."""
    told = set()
    for path, sentence, sound in _sounded(subject):
        voice = subject.context.voice_of(sentence) if subject.context.voice_of else None
        if voice is None:
            continue
        word = sentence.spoken[sound.start : sound.end]
        if not isinstance(voice, SpeaksIpa):
            message = f"{voice.name} takes no IPA: it reads “{word}” {_WHERE}"
        else:
            replaced = voice.fit_sounds(sound.ipa).replaced
            if not replaced:
                continue
            what = ", ".join(
                f"{asked} ({f'{said} is said' if said else 'left out'})" for asked, said in replaced
            )
            message = f"{voice.name} has no {what} for “{word}” {_WHERE}"
        if message not in told:
            told.add(message)
            yield Finding(message, Origin(sentence.origin.path, 1), word, path)


@rule(
    "W136",
    "IPA says the word that is written.",
    why="The check reads what is written and what is respelled; what IPA says, it cannot read.",
    better='Listen to it. If it is that word, say so: `allow: {W136: "a name, listened to"}`.',
)
def same_word(subject: Subject) -> Iterator[Finding]:
    """Compare each word's IPA with what espeak reads in its letters."""
    told = set()
    for path, sentence, sound in _sounded(subject):
        word = sentence.text if sentence.text == sentence.spoken else sentence.spoken
        word = word[sound.start : sound.end]
        read = _readings(word, sentence.language)
        if not read or min(apart(each, sound.ipa) for each in read) <= (
            _FAR_OF_A_NAME if word[:1].isupper() else _FAR
        ):
            continue
        message = f"“{word}” is said as /{sound.ipa}/ {_WHERE}, which is far from how it is read"
        if message not in told:
            told.add(message)
            yield Finding(message, Origin(sentence.origin.path, 1), word, path)


def _sounded(subject: Subject) -> Iterator[tuple[str, Spoken, Sounded]]:
    """Yield a file, a sentence and a stretch for all IPA but that which comes along."""
    for track in subject.all_tracks:
        for sentence in track.sentences:
            for sound in sentence.sounds:
                word = sentence.spoken[sound.start : sound.end]
                if _ours(sentence.language).get(word.casefold()) != sound.ipa:
                    yield track.program.path, sentence, sound


@lru_cache(maxsize=32)
def _ours(language: str) -> dict[str, str]:
    path = builtin_library().pronounce
    words = words_of([path], language) if path else {}
    return {word.casefold(): read_pronunciation(spoken).ipa for word, spoken in words.items()}


@lru_cache(maxsize=1024)
def _readings(word: str, language: str) -> tuple[str, ...]:
    """Return espeak's reading of a word; none where it does not speak the language."""
    from serguide.voices.espeak.espeak_library import phonemes_of
    from serguide.voices.espeak.espeak_voice import EspeakVoice

    try:
        return tuple(phonemes_of([word], EspeakVoice.open(None, language).file))
    except VoiceError:
        return ()
