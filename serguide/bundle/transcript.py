"""Write transcript.txt: the whole session as a text that can be read aloud."""

from __future__ import annotations

from collections.abc import Iterator

from serguide.bundle.contact_list import ContactLine, countries_of
from serguide.bundle.model import Contents
from serguide.bundle.prose import ProsePart, for_whom, minutes, parts_of
from serguide.bundle.words import InterfaceWords, words_for
from serguide.notices.contacts import elsewhere
from serguide.notices.model import Notices


def transcript_txt(contents: Contents) -> str:
    """Write the transcript: title, notices, every track, how to come back, whom to call.

    Sentences stand as written, those of one cue in one paragraph; silence is a blank line.
    """
    timeline = contents.timeline
    program = timeline.program
    words = words_for(program.language)
    ending = words.say(f"ends {program.ending}")
    blocks = [_headed(_flat(program.title), "=")]
    if told := for_whom(contents.notices, words):
        blocks.append(_flat(told))
    if practice := contents.notices.practice.name:
        line = contents.notices.practice.line
        blocks.append(_flat(f"{practice} · {line}" if line else practice))
    if program.about.strip():
        blocks.append(_flat(program.about))
    blocks.append(f"{minutes(timeline, words)} · {ending}")
    blocks += _before(contents.notices, words)
    for track in timeline.tracks:
        blocks += _written(parts_of(track, words))
    blocks.append(_headed(words.say("ground"), "="))
    blocks += _written(parts_of(timeline.ground, words), headed=False)
    blocks += _calling(contents.notices, words)
    return "\n\n".join(blocks) + "\n"


def _before(notices: Notices, words: InterfaceWords) -> Iterator[str]:
    """Yield what is to be known before the first technique."""
    yield words.say("notice", ground=words.say("ground"))
    yield from notices.cautions
    if notices.supervised_by:
        yield words.say("supervised", name=_flat(notices.supervised_by))
    if notices.contacts:
        yield words.say("call near", title=words.say("call title"))


def _calling(notices: Notices, words: InterfaceWords) -> Iterator[str]:
    """Yield whom to call, right below the way back to the room."""
    if not notices.contacts:
        return
    yield _headed(words.say("call title"), "=")
    yield words.say("call about")
    for country in countries_of(notices, words):
        yield "\n".join([f"{country.name}:", *map(_called, country.lines)])
    yield elsewhere(words.language)


def _called(line: ContactLine) -> str:
    terms = f"; {line.terms}" if line.terms else ""
    return f"{line.number}  {line.for_whom}{terms} ({line.source})"


def _written(parts: tuple[ProsePart, ...], *, headed: bool = True) -> list[str]:
    blocks: list[str] = []
    for part in parts:
        if headed:
            blocks.append(_headed(_flat(part.title), "=-"[part.level - 1]))
        blocks += [paragraph.text for paragraph in part.paragraphs]
    return blocks


def _headed(title: str, rule: str) -> str:
    return f"{title}\n{rule * max(3, len(title))}"


def _flat(text: str) -> str:
    return " ".join(text.split())
