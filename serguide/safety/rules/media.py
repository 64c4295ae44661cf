"""Rules on sounds and lights that act without a listener's knowledge."""

from __future__ import annotations

from collections.abc import Iterator

from serguide.safety.lexicon import Hit, found, lexicon_of
from serguide.safety.rule import Finding, rule
from serguide.safety.shown import shown
from serguide.safety.subject import Subject
from serguide.script.program import Origin, Sound


@rule(
    "E122",
    "No binaural or isochronic beats, no subliminal words, no strobe.",
    why="They work without the listener's knowledge, and some set off seizures.",
    better="A soundscape such as `porch-by-the-river`, or `soundscape: none`.",
    waivable=False,
)
def hidden_stimuli(subject: Subject) -> Iterator[Finding]:
    """Look through words, titles, chapters, and the names of sounds and soundscapes."""
    for track in subject.all_tracks:
        for word in track.wordings("E122"):
            yield Finding(
                f"“{word.text}” has no place here", word.part.origin, word.text, track.program.path
            )
    for text, origin, language in dict.fromkeys(_shown(subject)):
        for hit in _hits(text.replace("-", " "), language):
            yield Finding(f"“{hit.text}” has no place here", origin, hit.text)


def _hits(text: str, language: str) -> tuple[Hit, ...]:
    """Look with English words too: names of files are often English."""
    base = language if lexicon_of(language) else "en"
    return found("E122", base, text) or found("E122", "en", text)


def _shown(subject: Subject) -> Iterator[tuple[str, Origin, str]]:
    for each in shown(subject, subject.all_tracks):
        yield each.text, each.origin, each.language
    for track in subject.all_tracks:
        step = track.program
        if step.bed:
            yield step.bed.name, track.origin, step.language
        for item in step.items:
            if isinstance(item, Sound):
                yield item.name, item.origin, step.language
