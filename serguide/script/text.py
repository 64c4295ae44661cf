"""Parse the text of a say cue: words, `{placeholders}` and `[2s]` pauses.

Text is kept whole: whatever is not a placeholder or a pause reaches the voice and the captions
as it was written. `{{` and `[[` are literal brackets (and `}}`, `]]` may close them).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from serguide.base.units import Seconds, parse_time
from serguide.script.sentence_split import split_sentences

# Noncharacters, which nodes.py refuses in files, mark what must survive until sentences are cut.
_PRIVATE_ON, _PRIVATE_OFF, _EMPTY = "\ufdd0", "\ufdd1", "\ufdd2"

QUIET, MINUTES = "\ufdd3", "\ufdd4"
"""Stand in a sentence for lengths that are known when it is laid out: `{quiet}`, `{minutes}`."""

LENGTHS = {"quiet": QUIET, "minutes": MINUTES}
"""Placeholders that are filled by the timeline, unless a value of that name is given."""

_COMMA = "[,،、，]"
_PIECE = re.compile(r"\{\{|\}\}|\[\[|\]\]|\{(?P<slot>[^{}\[\]]*)\}|\[(?P<pause>[^\[\]{}]*)\]|[{\[]")
_NAME = re.compile(r"[^\W\d]\w*")


@dataclass(frozen=True, slots=True)
class Words:
    """Hold text that is spoken as it stands."""

    text: str


@dataclass(frozen=True, slots=True)
class Slot:
    """Stand for a value."""

    name: str


@dataclass(frozen=True, slots=True)
class InlinePause:
    """Be silent for an exact time between two parts of a text."""

    length: Seconds


Piece = Words | Slot | InlinePause


@dataclass(frozen=True, slots=True)
class TextSentence:
    """Hold one sentence, or the part of one before a pause; private: holds a filled-in value."""

    text: str
    private: bool


class TextError(ValueError):
    """The text holds a bracket that means nothing; args: what, hint."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


def parse_text(text: str) -> list[Piece]:
    """Cut a text into words, placeholders and pauses. Raises TextError."""
    pieces: list[Piece] = []
    words: list[str] = []

    def flush() -> None:
        if words:
            pieces.append(Words("".join(words)))
            words.clear()

    position = 0
    for found in _PIECE.finditer(text):
        words.append(text[position : found.start()])
        position = found.end()
        token = found[0]
        if token in ("{{", "}}", "[[", "]]"):
            words.append(token[0])
        elif found["slot"] is not None:
            flush()
            pieces.append(Slot(_slot_name(found["slot"])))
        elif found["pause"] is not None:
            flush()
            pieces.append(InlinePause(_pause_length(found["pause"])))
        else:
            raise TextError(
                f"`{token}` is opened and never closed",
                f"write `{token * 2}` for a bracket that is meant to be spoken text",
            )
    words.append(text[position:])
    flush()
    return pieces


def _slot_name(written: str) -> str:
    if not _NAME.fullmatch(written):
        raise TextError(
            f"`{{{written}}}` is not a placeholder",
            "a placeholder is one word, such as `{name}`; write `{{` for a literal brace",
        )
    return written


def _pause_length(written: str) -> Seconds:
    try:
        return parse_time(written)
    except ValueError as error:
        message, _, hint = str(error).partition("; ")
        raise TextError(
            f"`[{written}]` is not a pause: {message}",
            f"{hint}; write `[[` for a literal bracket",
        ) from None


def slots_of(pieces: Iterable[Piece]) -> tuple[str, ...]:
    """Return the names of the placeholders, each once, in order."""
    return tuple(dict.fromkeys(piece.name for piece in pieces if isinstance(piece, Slot)))


def fill(
    pieces: Iterable[Piece], values: Mapping[str, str], language: str
) -> list[TextSentence | InlinePause]:
    """Put values in and cut the text into sentences and pauses.

    Every value is private, wherever it was set: nobody can tell a client's name in a file from
    a default. An empty value takes its comma with it, and the sentence begins with a capital
    again; LENGTHS stay as their marks. Raises KeyError for a name without a value.
    """
    parts: list[TextSentence | InlinePause] = []
    run: list[str] = []
    whole: list[tuple[str, InlinePause | None]] = []
    for piece in pieces:
        if isinstance(piece, InlinePause):
            whole.append(("".join(run), piece))
            run = []
        elif isinstance(piece, Slot):
            run.append(
                LENGTHS[piece.name]
                if piece.name not in values and piece.name in LENGTHS
                else _marked(values[piece.name], private=True)
            )
        else:
            run.append(piece.text)
    whole.append(("".join(run), None))
    for text, pause in whole:
        parts += _sentences(_drop_empty(text), language)
        if pause:
            parts.append(pause)
    return parts


def fill_plain(pieces: Iterable[Piece], values: Mapping[str, str]) -> str:
    """Put values into a text that is shown, not spoken, such as a chapter's title."""
    text = "".join(
        piece.text
        if isinstance(piece, Words)
        else _marked(values[piece.name], private=False)
        if isinstance(piece, Slot)
        else " "
        for piece in pieces
    )
    return " ".join(_drop_empty(text).split())


def _marked(value: str, private: bool) -> str:
    if not value.strip():
        return _EMPTY
    return f"{_PRIVATE_ON}{value}{_PRIVATE_OFF}" if private else value


def _drop_empty(text: str) -> str:
    if _EMPTY not in text:
        return text
    # Runs of white space would make the patterns below try every part of them.
    text = " ".join(text.split())
    # At a sentence's start the comma after it goes, and the next word becomes the first.
    text = re.sub(
        rf"(^|[.!?…]\s+)\s*{_EMPTY}\s*{_COMMA}?\s*(\w?)",
        lambda found: found[1] + found[2].upper(),
        text,
    )
    text = re.sub(rf"({_COMMA})\s*{_EMPTY}\s*{_COMMA}", r"\1", text)
    text = re.sub(rf"\s*{_COMMA}\s*{_EMPTY}", "", text)
    text = re.sub(rf"{_EMPTY}\s*{_COMMA}?", "", text)
    return re.sub(r"\s+([.!?…])", r"\1", re.sub(r"\s{2,}", " ", text))


def _sentences(text: str, language: str) -> list[TextSentence]:
    found: list[TextSentence] = []
    inside = False
    for marked in split_sentences(" ".join(text.split()), language):
        private = inside or _PRIVATE_ON in marked
        for mark in marked:
            inside = (inside or mark == _PRIVATE_ON) and mark != _PRIVATE_OFF
        clean = marked.replace(_PRIVATE_ON, "").replace(_PRIVATE_OFF, "").strip()
        if any(char.isalnum() or char in (QUIET, MINUTES) for char in clean):
            found.append(TextSentence(clean, private))
        elif clean and found:
            # A lone dash or row of dots has nothing to speak; it stays with its neighbour.
            found[-1] = TextSentence(f"{found[-1].text} {clean}", found[-1].private or private)
    return found
