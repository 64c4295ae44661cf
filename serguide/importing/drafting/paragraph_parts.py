"""Parts of a paragraph: its words are scanned until nothing in them is a notation."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

from serguide.importing.decisions import DecisionLog
from serguide.importing.document import (
    Breaths,
    ImportedParagraph,
    Part,
    Remark,
    Uttered,
    WrittenPause,
)
from serguide.importing.notation.breath_words import BreathReading, breaths_in
from serguide.importing.notation.scanner import DOTS, Scanner

_ENDED: Final = re.compile(rf"[.!?…:;{DOTS}][\"'”’»)\]]*\s*$")
_STOP: Final = re.compile(r" *[,.;:!?]")
_TAIL: Final = 40  # characters that tell whether a sentence has ended
_PASSES: Final = 12  # each takes something out, so that few are needed


def ends_sentence(text: str) -> bool:
    """Tell whether what follows a text begins a sentence; nothing stands before the first one."""
    tail = text[-_TAIL:]
    return not text.strip() or _ENDED.search(tail) is not None


def settle_parts(paragraph: ImportedParagraph, scanner: Scanner, log: DecisionLog) -> None:
    """Turn what stands in a paragraph's words into parts of their own, in place.

    What is taken out may leave a notation behind where two stretches of words meet; so it is
    done again until the words stay as they are.
    """
    parts = paragraph.parts
    for _ in range(_PASSES):
        scanned = _joined(
            [
                new
                for part in parts
                for new in (scanner.scan(part) if isinstance(part, Uttered) else [part])
            ]
        )
        if scanned == parts:
            break
        parts = scanned
    paragraph.parts = _with_breaths(parts, log)


def _joined(parts: list[Part]) -> list[Part]:
    """Return parts with neighbouring words as one; a remark within a sentence comes before it."""
    found: list[Part] = []
    for part in parts:
        last = found[-1] if found else None
        if isinstance(part, Uttered) and isinstance(last, Uttered):
            found[-1] = Uttered(_beside(last.text, part.text), last.line)
        elif (
            isinstance(part, Remark) and isinstance(last, Uttered) and not ends_sentence(last.text)
        ):
            found.insert(len(found) - 1, part)
        else:
            found.append(part)
    return found


def _beside(before: str, after: str) -> str:
    """Return two stretches of words as one, where something between them was taken out."""
    if before[-1:].isalnum() and after[:1].isalnum():
        return f"{before} {after}"
    if before[-1:] == " " and _STOP.match(after):
        return before.rstrip(" ") + after.lstrip(" ")
    return before + after


def _with_breaths(parts: list[Part], log: DecisionLog) -> list[Part]:
    """Return parts with a breath behind the words that describe it plainly."""
    found: list[Part] = []
    for index, part in enumerate(parts):
        following = parts[index + 1] if index + 1 < len(parts) else None
        if isinstance(part, Uttered):
            found += _breathed(part, following, log)
        elif not (
            isinstance(part, WrittenPause)
            and part.unsaid == "breath"
            and found
            and isinstance(found[-1], Breaths)
            and found[-1].cycles == part.count
        ):
            found.append(part)
    return found


def _breathed(words: Uttered, following: Part | None, log: DecisionLog) -> list[Part]:
    """Return words, and the breaths that they describe; following: what comes behind them."""
    found: list[Part] = []
    at, text = 0, words.text
    for reading in breaths_in(text):
        written = text[reading.start : reading.end].strip()
        line = words.line + text.count("\n", 0, reading.start)
        cycles = reading.cycles
        if cycles is None and not text[reading.end :].strip():
            cycles = _counted(following)
        if cycles is None or not reading.plain:
            why = "it does not say how often" if reading.plain else "not plain"
            log.add(line, "left", written, f"words of a breath: {why}")
            continue
        log.add(line, "taken", written, f"spoken, and {cycles} paced breaths behind it")
        found.append(Uttered(text[at : reading.end], words.line + text.count("\n", 0, at)))
        found.append(_breaths(reading, written, line, cycles))
        at = reading.end
    if text[at:].strip() or not found:
        found.append(Uttered(text[at:], words.line + text.count("\n", 0, at)))
    return found


def _counted(following: Part | None) -> int | None:
    """Return how often “(For 10 breaths)” says, if that is what follows."""
    if isinstance(following, WrittenPause) and following.unsaid == "breath":
        return following.count if following.count > 1 else None
    return None


def _breaths(reading: BreathReading, written: str, line: int, cycles: int) -> Breaths:
    phases = {name: reading.phases.get(name, Fraction(0)) for name in ("in", "hold", "out", "rest")}
    return Breaths(
        written, line, phases["in"], phases["hold"], phases["out"], phases["rest"], cycles
    )
