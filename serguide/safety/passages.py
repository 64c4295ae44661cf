"""Passages: what is said as a listener hears it, across the pauses and cues that split it.

A writer's pause falls in the middle of a sentence (“Go back [2s] to the accident.”), a cue ends
there, or three dots stand there. Whoever reads part by part misses what the parts say together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from serguide.safety.lexicon import Hit, found
from serguide.script.program import Spoken

_ENDS = re.compile(r"[.!?…؟。！？]+[\"'”’»«)\]]*$")
_BREAK = re.compile(r"\s*(?:…|\.{2,}|[—–])\s*")
_JOINT = re.compile(r"[\s,;:.!?…—–-]+$")
_BEFORE, _AFTER = 12, 10
"""Words on either side of a seam that are read together: a negation reaches over nine."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Hold one sentence as it is heard; starts: where in the text each of its parts begins."""

    text: str
    language: str
    parts: tuple[Spoken, ...]
    starts: tuple[int, ...]

    def part_at(self, position: int) -> Spoken:
        """Return the part in which a character stands."""
        return [
            part for part, start in zip(self.parts, self.starts, strict=True) if start <= position
        ][-1]

    def crosses(self, hit: Hit) -> bool:
        """Tell whether words begin in one part and end in another."""
        return any(hit.start < start < hit.end for start in self.starts)


@dataclass(frozen=True, slots=True)
class Wording:
    """Hold words that a rule looks for; part: where they begin; sentence: in which they stand.

    near: that sentence without them, and the next one;
    heard: they are in how a word is pronounced, and not in what is written.
    """

    text: str
    part: Spoken
    sentence: str
    near: str
    heard: bool = False


def passages(sentences: Sequence[Spoken]) -> tuple[Passage, ...]:
    """Join the parts of sentences that inline pauses split."""
    groups: list[list[Spoken]] = []
    for sentence in sentences:
        last = groups[-1][-1] if groups else None
        if last and last.cue == sentence.cue and not _ENDS.search(last.text):
            groups[-1].append(sentence)
        else:
            groups.append([sentence])
    return tuple(_joined([(part, part.text) for part in group]) for group in groups)


def wordings(
    code: str, sentences: Sequence[Spoken], whole: Sequence[Passage], joints: Sequence[Passage]
) -> Iterator[Wording]:
    """Yield a rule's words in sentences, over their seams, and in how they are pronounced.

    whole, joints: the sentences' passages and seams, which are the same for every rule.
    """
    place = {id(part): index for index, passage in enumerate(whole) for part in passage.parts}

    def near(text: str, hit: Hit, last: Spoken) -> str:
        following = place[id(last)] + 1
        return f"{text.replace(hit.text, ' ')} {whole[following].text if whole[following:] else ''}"

    for passage in whole:
        for hit in found(code, passage.language, passage.text):
            around = near(passage.text, hit, passage.parts[-1])
            yield Wording(hit.text, passage.part_at(hit.start), passage.text, around)
    seen = set()
    for seam in joints:
        for hit in found(code, seam.language, seam.text):
            part = seam.part_at(hit.start)
            if seam.crosses(hit) and (part.cue, hit.text) not in seen:
                seen.add((part.cue, hit.text))
                yield Wording(hit.text, part, seam.text, near(seam.text, hit, seam.parts[-1]))
    yield from _pronounced(code, sentences)


def _pronounced(code: str, sentences: Sequence[Spoken]) -> Iterator[Wording]:
    for sentence in sentences:
        if sentence.spoken == sentence.text:
            continue
        written = {hit.text for hit in found(code, sentence.language, sentence.text)}
        for hit in found(code, sentence.language, sentence.spoken):
            if hit.text not in written:
                near = sentence.spoken.replace(hit.text, " ")
                yield Wording(hit.text, sentence, sentence.spoken, near, heard=True)


def seams(sentences: Sequence[Spoken]) -> Iterator[Passage]:
    """Yield what stands around each pause, cue's end and row of dots, without its punctuation.

    A sentence that is whole on both sides is passed over: what it says, it says by itself.
    """
    pieces = [
        (sentence, piece)
        for sentence in sentences
        for piece in _BREAK.split(sentence.text)
        if piece.strip()
    ]
    for index, ((before, start), (after, end)) in enumerate(pairwise(pieces)):
        if before.language != after.language or (before is not after and _stands(start, end)):
            continue
        told = [(before, _last(start)), (after, _first(end))]
        if len(end.split()) < _AFTER and index + 2 < len(pieces):
            further, text = pieces[index + 2]
            if further.language == before.language:
                told.append((further, _first(text)))
        yield _joined([(part, _JOINT.sub("", text)) for part, text in told])


def _stands(before: str, after: str) -> bool:
    """Tell whether a sentence ends here and another begins: “Stop. You can go on later.”

    A few words without a sentence of their own go on: “Go back. [2s] To the accident.”
    """
    return bool(_ENDS.search(before)) and after[:1].isupper() and len(after.split()) > _FRAGMENT


_FRAGMENT = 5
"""Words up to which what follows a full stop may belong to what stands before it."""


def _last(text: str) -> str:
    return " ".join(text.split()[-_BEFORE:])


def _first(text: str) -> str:
    return " ".join(text.split()[:_AFTER])


def _joined(parts: Sequence[tuple[Spoken, str]]) -> Passage:
    starts, text = [], ""
    for _, piece in parts:
        text += " " if text else ""
        starts.append(len(text))
        text += piece
    return Passage(text, parts[0][0].language, tuple(part for part, _ in parts), tuple(starts))
