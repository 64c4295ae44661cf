"""transcript.txt: the whole session as a text that can be read aloud."""

from __future__ import annotations

from serguide.bundle.contents import Contents
from serguide.bundle.prose import Part, minutes, parts_of
from serguide.bundle.words import words_for


def transcript_txt(contents: Contents) -> str:
    """Write the transcript: title, about, length, every track, and how to come back.

    Sentences stand as written, those of one cue in one paragraph; silence is a blank line.
    """
    timeline = contents.timeline
    program = timeline.program
    words = words_for(program.language)
    ending = words.say(f"ends {program.ending}")
    blocks = [_headed(_flat(program.title), "=")]
    if program.about.strip():
        blocks.append(_flat(program.about))
    blocks.append(f"{minutes(timeline, words)} · {ending}")
    blocks.append(words.say("notice", ground=words.say("ground")))
    for track in timeline.tracks:
        blocks += _written(parts_of(track, words))
    blocks.append(_headed(words.say("ground"), "="))
    blocks += _written(parts_of(timeline.ground, words), headed=False)
    return "\n\n".join(blocks) + "\n"


def _written(parts: tuple[Part, ...], *, headed: bool = True) -> list[str]:
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
