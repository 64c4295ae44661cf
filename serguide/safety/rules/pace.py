"""Rules on length, speed and silence; measured on rendered speech where there is some."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import groupby

from serguide.base.units import SAMPLERATE, format_clock
from serguide.base.word_count import count_words
from serguide.safety.lexicon import lexicon_of
from serguide.safety.plausible import WORDS_A_BEAT, length_in_words
from serguide.safety.rule import Finding, rule
from serguide.safety.subject import Silence, Subject, TrackSubject
from serguide.script.program import Spoken

_ALONE = 20 * 60
_CHILD = 10 * 60
_TOLERANCE = 5.0
"""Seconds by which a fitted session may be off."""

_QUIET = 20.0
_TOO_QUIET = 60.0
_PHRASE_WPM = 130.0
_SCRIPT_WPM = 90.0
_FEWEST_WORDS = 8
"""Words of a phrase below which its speed says nothing."""

_SLOWEST = 0.6
"""The pace below which a voice drawls."""

_MARGIN = 0.95
"""Of a pace that is advised: voices do not follow it to the word."""

_SHORTEST = 60.0
"""Seconds of a script below which its words a minute say nothing."""


def _how(subject: Subject) -> str:
    ways = {subject.how(track) for track in subject.tracks}
    return ways.pop() if len(ways) == 1 else "estimated, in part"


@rule(
    "W117",
    "Alone, at most 20 minutes.",
    why="Longer inwardness without company leaves some people adrift.",
    better="Take a step out, set `length: 20m`, or say in `allow` why it may be longer.",
)
def too_long_alone(subject: Subject) -> Iterator[Finding]:
    """Look at the length of what is heard alone."""
    solo = all(track.program.supervision == "solo" for track in subject.tracks)
    if solo and subject.seconds > _ALONE + _TOLERANCE:
        lasts = f"{format_clock(subject.seconds)} ({_how(subject)})"
        yield Finding(f"lasts {lasts}, over 20 minutes alone", subject.origin, "length")


@rule(
    "E118",
    "A child's session lasts at most ten minutes.",
    why="Children's attention is short, and what is too long for them turns into holding still.",
    better="Two short sessions rather than one; `length: 8m`.",
)
def too_long_for_a_child(subject: Subject) -> Iterator[Finding]:
    """Look at the length of what a child hears."""
    child = any(track.program.audience == "child" for track in subject.tracks)
    if child and subject.seconds > _CHILD + _TOLERANCE:
        lasts = f"{format_clock(subject.seconds)} ({_how(subject)})"
        yield Finding(f"lasts {lasts}, over ten minutes for a child", subject.origin, "length")


def _silences(subject: Subject) -> Iterator[tuple[TrackSubject, Silence]]:
    for track in subject.all_tracks:
        for silence in track.silences:
            yield track, silence


@rule(
    "W119",
    "Silence over 20 seconds is announced.",
    why="In a silence that nobody announced, people wonder whether something is broken, and wait.",
    better="“I will be quiet for {quiet}.” and `rest: {for: 30s, announced: true}`.",
)
def unannounced(subject: Subject) -> Iterator[Finding]:
    """Look at each stretch of silence."""
    for track, silence in _silences(subject):
        lasts = silence.end - silence.start
        if lasts > _QUIET + 0.5 and not _announces(track, silence):
            labelled = "; `announced` stands there, but no words say so" if silence.labelled else ""
            yield Finding(
                f"{lasts:.0f} s of {_of(silence)} are not announced{labelled}",
                silence.origin, "breathe" if silence.unled else "rest", track.program.path,
            )  # fmt: skip


def _of(silence: Silence) -> str:
    return "silence (nothing leads this breath)" if silence.unled else "silence"


def _announces(track: TrackSubject, silence: Silence) -> bool:
    """Tell whether what is said before a silence announces it.

    With `announced: true`, a word of quiet is enough; in a language without lists, any sentence.
    """
    before = [saying for saying in track.sayings if saying.end <= silence.start + 0.01]
    if not before:
        return False
    text = before[-1].text
    lexicon = lexicon_of(before[-1].sentences[0].language)
    if lexicon and lexicon.says("words", "quiet_now", text):
        return True
    if lexicon is None or not lexicon.has("words", "quiet"):
        return silence.labelled and length_in_words(text) >= WORDS_A_BEAT
    return silence.labelled and lexicon.says("words", "quiet", text)


@rule(
    "E120",
    "No silence is longer than 60 seconds.",
    why="Too long without a voice, and a person who is not well is alone with it.",
    better="Say one sentence in between; give the rest a `max: 58s`.",
)
def too_quiet(subject: Subject) -> Iterator[Finding]:
    """Look at each stretch of silence."""
    for track, silence in _silences(subject):
        lasts = silence.end - silence.start
        if lasts > _TOO_QUIET + 0.5:
            yield Finding(
                f"{lasts:.0f} s of {_of(silence)}, over 60",
                silence.origin,
                "breathe" if silence.unled else "rest",
                track.program.path,
            )


@rule(
    "W121",
    "A phrase is spoken at no more than 130 words a minute, a script at no more than 90 in all.",
    why="Words that come fast are followed, not felt.",
    better="A slower `pace:` on the cue; where all of a script is fast, fewer sentences or longer "
    "rests.",
)
def too_fast(subject: Subject) -> Iterator[Finding]:
    """Look at each phrase's and each script's words a minute."""
    for track in subject.all_tracks:
        path = track.program.path
        fast = [(speed, phrase) for phrase, speed in _phrases(track) if speed > _PHRASE_WPM]
        if fast:
            speed, phrase = max(fast, key=lambda pair: pair[0])
            more = f", the fastest of {len(fast)}" if len(fast) > 1 else ""
            yield Finding(
                f"“{phrase.text}” is spoken at {speed:.0f} words a minute{more} "
                f"({subject.how(track)})",
                phrase.origin, phrase.text, path, better=_slower(phrase, speed),
            )  # fmt: skip
        words = sum(count_words(sentence.text) for sentence in track.sentences)
        overall = words * 60 / track.seconds
        if track.seconds >= _SHORTEST and overall > _SCRIPT_WPM:
            yield Finding(
                f"the script comes to {overall:.0f} words a minute in all "
                f"({subject.how(track)})",
                track.origin, "cues", path, better="Take sentences out, or make rests longer.",
            )  # fmt: skip


def _slower(phrase: Spoken, speed: float) -> str:
    """Return what slows a phrase down; `speed` in words a minute."""
    pace = math.floor(phrase.pace * _PHRASE_WPM / speed * _MARGIN * 20) / 20
    if pace < _SLOWEST:
        return f"Fewer than {_FEWEST_WORDS} words between two pauses, or shorter ones."
    return f"Set `pace: {pace:.2g}` on the cue."


def _phrases(track: TrackSubject) -> Iterator[tuple[Spoken, float]]:
    """Yield what is said between two pauses of a cue, by its first sentence, and its speed."""
    runs = groupby(
        track.timeline.placed, key=lambda p: p.item.cue if isinstance(p.item, Spoken) else None
    )
    for cue, places in runs:
        said = [(p.item, p.end - p.start) for p in places if isinstance(p.item, Spoken)]
        words = sum(count_words(item.text) for item, _ in said)
        if cue is not None and words >= _FEWEST_WORDS:
            yield said[0][0], words * 60 * SAMPLERATE / sum(frames for _, frames in said)
