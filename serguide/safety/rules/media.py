"""Sounds and lights that act behind a listener's back."""

from __future__ import annotations

from collections.abc import Iterator

from serguide.safety.lexicon import Hit, found, lexicon_of
from serguide.safety.rule import Finding, rule
from serguide.safety.subject import Subject
from serguide.script.program import Chapter, Origin, Sound


@rule(
    "E122",
    "No binaural or isochronic beats, no subliminal words, no strobe.",
    why="They work without the listener's knowledge, and some set off seizures.",
    better="A soundscape such as `porch-by-the-river`, or `soundscape: none`.",
    waivable=False,
)
def hidden_stimuli(subject: Subject) -> Iterator[Finding]:
    """Look through words, titles, chapters, and the names of sounds and soundscapes."""
    yield from subject.wordings("E122", "{} has no place here")
    for text, origin, language in dict.fromkeys(_shown(subject)):
        for hit in _hits(text.replace("-", " "), language):
            yield Finding(f"“{hit.text}” has no place here", origin, hit.text)


def _hits(text: str, language: str) -> tuple[Hit, ...]:
    """Look with English words too: names of files are often English."""
    base = language if lexicon_of(language) else "en"
    return found("E122", base, text) or found("E122", "en", text)


def _shown(subject: Subject) -> Iterator[tuple[str, Origin, str]]:
    program = subject.program
    yield f"{program.title}. {program.about}", subject.origin, program.language
    for track in subject.all_tracks:
        step = track.program
        bed = step.bed.name if step.bed else ""
        yield f"{step.title}. {step.about}. {bed}", track.origin, step.language
        for item in step.items:
            if isinstance(item, Sound):
                yield item.name, item.origin, step.language
            elif isinstance(item, Chapter):
                yield item.title, item.origin, step.language
