"""Rules on the end of a session: back in the room, or asleep."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from serguide.base.units import SAMPLERATE
from serguide.safety.beats import CLOSING, RETURNING
from serguide.safety.lexicon import lexicon_of
from serguide.safety.rule import Finding, rule
from serguide.safety.subject import Saying, Subject, TrackSubject
from serguide.script.program import Sound

_SHORTEST = 60.0
"""Seconds that a closing takes at least."""

_FEWEST_BEATS = 3
_LAST_OF_SLEEP = 180.0
"""Seconds at the end of a sleep session in which nothing may alert."""


@rule(
    "E111",
    "An alert ending returns and grounds: at least 60 seconds, three beats, movement among them.",
    why="Someone who is sent off still half inside may fall, drive, or stay adrift for hours.",
    better="End with `include: coming-back`, or with sounds, feet, hands, a look round, the day "
    "and the place: `beats: [return, sound]`, `[movement, contact, ground]`, `[sight]`.",
    waivable=False,
)
def alert_closing(subject: Subject) -> Iterator[Finding]:
    """Look at the last cues that are all of closing beats."""
    if subject.sleeps or (subject.alone and subject.first_technique is None):
        return
    closing = _closing(subject.tracks)
    beats = {beat for saying, _ in closing for beat in saying.offers & CLOSING} - {"close", "eyes"}
    missing = []
    if not beats & RETURNING:
        missing.append("does not come back to the room")
    if "movement" not in beats:
        missing.append("has no movement")
    if len(beats) < _FEWEST_BEATS:
        missing.append(f"has {len(beats)} of {_FEWEST_BEATS} beats")
    lasts = _length(closing, subject.tracks)
    if lasts < _SHORTEST and (not subject.alone or missing):
        how = subject.how(subject.tracks[-1])
        missing.append(f"lasts {lasts:.0f} of {_SHORTEST:.0f} s ({how})")
    if missing:
        track = subject.tracks[-1]
        last = track.sayings[-1].origin if track.sayings else track.origin
        yield Finding(
            f"the closing {', '.join(missing)}", last, track=track.program.path, owed=True
        )


def _closing(tracks: Sequence[TrackSubject]) -> list[tuple[Saying, float]]:
    """Return the last say cues that only close, each with its start in the session."""
    closing: list[tuple[Saying, float]] = []
    offset = sum(track.seconds for track in tracks)
    for track in reversed(tracks):
        offset -= track.seconds
        after = max((technique.start for technique in track.techniques), default=-1.0)
        for saying in reversed(track.sayings):
            if saying.start <= after or not saying.offers & CLOSING:
                return closing
            closing.insert(0, (saying, offset + saying.start))
        if track.techniques:
            return closing
    return closing


def _length(closing: list[tuple[Saying, float]], tracks: Sequence[TrackSubject]) -> float:
    """Return the seconds from the closing's first word to the last thing that happens."""
    if not closing:
        return 0.0
    last = tracks[-1]
    before = sum(track.seconds for track in tracks[:-1])
    end = max(place.end for place in last.timeline.placed) / SAMPLERATE
    return before + end - closing[0][1]


@rule(
    "E112",
    "A sleep ending has nothing alerting, fades, comes last, and says that it is for bed.",
    why="A bell or “open your eyes” wakes whoever was nearly asleep; sleep in the middle of a day "
    "is not what anyone asked for.",
    better="End with long, announced rests over a soundscape that fades; name bed or night in "
    "`about`; put the script last, in a session with `ending: sleep`.",
)
def sleep_ending(subject: Subject) -> Iterator[Finding]:
    """Look at the last minutes, the fade, the place and the label."""
    for track in subject.tracks[:-1] if subject.sleeps else () if subject.alone else subject.tracks:
        if track.sayings and "sleep" in track.sayings[-1].means:
            yield Finding(
                "leads into sleep, and is not the last step of a session with `ending: sleep`",
                track.sayings[-1].origin,
                track=track.program.path,
            )
    if not subject.sleeps:
        return
    found = list(_of_sleep(subject))
    if found and subject.sleepy_words:
        found = [_by_words(subject.sleepy_words, subject.tracks[0], found)]
    yield from found


def _by_words(words: str, track: TrackSubject, found: list[Finding]) -> Finding:
    """Return one finding for all of them, where nothing but a few words means sleep."""
    return Finding(
        f"“{words}” ends it in sleep, and {'; '.join(finding.message for finding in found)}",
        track.sayings[-1].origin,
        words,
        track.program.path,
        owed=all(finding.owed for finding in found),
        better=f"Where nobody is to fall asleep, leave “{words}” out. For bed: end with long, "
        "announced rests over a soundscape that fades, nothing that wakes, and “bed” or “night” "
        "in `about`.",
    )


def _of_sleep(subject: Subject) -> Iterator[Finding]:
    """Yield what wakes at the end, and what is missing for bed."""
    last = subject.tracks[-1]
    yield from _alerting(last)
    if last.program.bed is None:
        yield Finding("has no soundscape that could fade", subject.origin, owed=True)
    texts = f"{subject.program.title} {subject.program.about}"
    lexicon = lexicon_of(subject.program.language)
    if lexicon and not lexicon.says("words", "bed", texts):
        yield Finding(
            "neither title nor `about` says that this is for bed or night", subject.origin
        )


def _alerting(last: TrackSubject) -> Iterator[Finding]:
    """Yield what wakes at the end: beats, words and bright sounds."""
    since = last.timeline.placed[-1].end / SAMPLERATE - _LAST_OF_SLEEP
    late = {id(s) for saying in last.sayings if saying.end >= since for s in saying.sentences}
    for word in last.wordings("E112"):
        if id(word.part) in late:
            yield Finding(
                f"“{word.text}” wakes, at the end of a sleep session",
                word.part.origin,
                word.text,
                last.program.path,
            )
    for place in last.timeline.placed:
        if isinstance(place.item, Sound) and place.end / SAMPLERATE > since:
            yield Finding(
                f"a {place.item.name} sounds at the end of a sleep session",
                place.item.origin,
                place.item.name,
                last.program.path,
            )


@rule(
    "W128",
    "A session has a step of kind integration.",
    why="What came up wants a quiet minute of its own before the day goes on.",
    better="Add a step such as `lighter-heavier-same`, `what-came-with-me` or `tomorrow-kindly`.",
)
def integration_step(subject: Subject) -> Iterator[Finding]:
    """Look for a step of kind integration."""
    if not subject.alone and all(t.program.kind != "integration" for t in subject.tracks):
        yield Finding("no step is of kind integration", subject.origin)
