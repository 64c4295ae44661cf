"""Move, leave out, put back and add a session's steps, line by line.

What is left out stays in the file as a comment, `# left out: - breath-optional`, so that it can
be put back on another day, with its options, from here or by hand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from ruamel.yaml.nodes import SequenceNode

from serguide.base.errors import UsageError
from serguide.studio.session.yaml_places import composed, end_line, pair_of, scalar

LEFT_OUT: Final = "# left out: "
_LEFT = re.compile(rf"^(\s*){LEFT_OUT}(.*)$")
_NAME = re.compile(r"""-\s+["']?([^"':\n]+?)(?=["':\n]|\s+#|\s*$)""")


@dataclass(frozen=True, slots=True)
class StepChunk:
    """Hold the lines of one step, the comments above it first; out: it is left out."""

    lines: tuple[str, ...]
    out: bool = False

    @property
    def name(self) -> str:
        """Return the name of the script that it draws in."""
        shown = (_LEFT.sub(r"\1\2", line) for line in self.lines if not _is_remark(line))
        found = _NAME.search("\n".join(shown))
        return found[1].strip() if found else ""


@dataclass(frozen=True, slots=True)
class StepLines:
    """Hold a session's text in three: what stands before its steps, these, and what is behind."""

    before: tuple[str, ...]
    chunks: tuple[StepChunk, ...]
    after: tuple[str, ...]
    indent: str

    @property
    def text(self) -> str:
        """Return the whole text."""
        inner = [line for chunk in self.chunks for line in chunk.lines]
        return "\n".join([*self.before, *inner, *self.after]) + "\n"

    @property
    def places(self) -> list[int]:
        """Return the places among the chunks of the steps that are in it, in order."""
        return [place for place, chunk in enumerate(self.chunks) if not chunk.out]

    @property
    def left_out(self) -> list[int]:
        """Return the places among the chunks of what is left out."""
        return [place for place, chunk in enumerate(self.chunks) if chunk.out]


def read_steps(text: str) -> StepLines:
    """Return a session's steps as lines. Raises UsageError where it has none."""
    key, steps = pair_of(composed(text), "steps") or (None, None)
    if key is None or not isinstance(steps, SequenceNode) or not steps.value:
        raise UsageError("This is no session: it has no steps.", "Open it as a part.")
    if steps.flow_style:
        items = [text[item.start_mark.index : item.end_mark.index] for item in steps.value]
        block = "\n" + "\n".join(f"  - {' '.join(item.split())}" for item in items)
        start, end = steps.start_mark.index, steps.end_mark.index
        return read_steps(text[:start].rstrip(" ") + block + text[end:])
    lines = text.splitlines()
    first = key.start_mark.line + 1
    starts = [item.start_mark.line for item in steps.value]
    end = end_line(text, steps, starts[-1]) + 1
    while end < len(lines) and _LEFT.match(lines[end]):
        end += 1
    chunks = _chunks(lines[first:end], [start - first for start in starts])
    dash = lines[starts[0]]
    indent = dash[: len(dash) - len(dash.lstrip())]
    return StepLines(tuple(lines[:first]), chunks, tuple(lines[end:]), indent)


def move(steps: StepLines, start: int, to: int) -> StepLines:
    """Return the steps with one at another place among those that are in it, from 0."""
    places = steps.places
    _require(0 <= start < len(places) and 0 <= to < len(places))
    chunks = list(steps.chunks)
    moved = chunks.pop(places[start])
    chunks.insert(places[to], moved)
    return replace(steps, chunks=tuple(chunks))


def leave_out(steps: StepLines, index: int) -> StepLines:
    """Return the steps without one, which stays as a comment. Raises UsageError for the last."""
    places = steps.places
    _require(0 <= index < len(places))
    if len(places) == 1:
        raise UsageError("A session has at least one part.", "Add another part first.")
    chunk = steps.chunks[places[index]]
    lines = [
        line
        if _is_remark(line) or not line.strip()
        else f"{steps.indent}{LEFT_OUT}{line[len(steps.indent) :]}"
        for line in chunk.lines
    ]
    return _with(steps, places[index], StepChunk(tuple(lines), out=True))


def put_back(steps: StepLines, index: int) -> StepLines:
    """Return the steps with one that was left out, at its old place among them."""
    places = steps.left_out
    _require(0 <= index < len(places))
    chunk = steps.chunks[places[index]]
    lines = [_LEFT.sub(r"\1\2", line) for line in chunk.lines]
    return _with(steps, places[index], StepChunk(tuple(lines)))


def add_step(steps: StepLines, name: str, at: int) -> StepLines:
    """Return the steps with another one; at: its place among them, from 0."""
    places = steps.places
    _require(0 <= at <= len(places))
    chunks = list(steps.chunks)
    place = places[at] if at < len(places) else len(chunks)
    chunks.insert(place, StepChunk((f"{steps.indent}- {scalar(name)}",)))
    return replace(steps, chunks=tuple(chunks))


def rename_step(steps: StepLines, index: int, name: str) -> StepLines:
    """Return the steps with one that draws in another script, its options kept."""
    place = steps.places[index]
    lines = list(steps.chunks[place].lines)
    for number, line in enumerate(lines):
        if not _is_remark(line):
            lines[number] = re.sub(
                r"""(-\s+)(?:"[^"]*"|'[^']*'|[^\s:#,{}"']+(?: [^\s:#,{}"']+)*)""",
                lambda found: f"{found[1]}{scalar(name)}",
                line,
                count=1,
            )
            break
    return _with(steps, place, StepChunk(tuple(lines)))


def _with(steps: StepLines, place: int, chunk: StepChunk) -> StepLines:
    return replace(steps, chunks=(*steps.chunks[:place], chunk, *steps.chunks[place + 1 :]))


def _chunks(lines: list[str], starts: list[int]) -> tuple[StepChunk, ...]:
    """Cut lines before each step, and before each that is left out; a comment goes with what
    follows it."""
    kinds: dict[int, bool] = dict.fromkeys(starts, False)
    for number, line in enumerate(lines):
        left = _LEFT.match(line)
        if left and left[2].startswith("-"):
            kinds[number] = True
    order = sorted(kinds)
    begins = [_with_remarks(lines, start) for start in order]
    begins[0] = 0
    ends = [*begins[1:], len(lines)]
    return tuple(
        StepChunk(tuple(lines[begin:end]), kinds[start])
        for start, begin, end in zip(order, begins, ends, strict=True)
    )


def _with_remarks(lines: list[str], start: int) -> int:
    while start > 0 and (_is_remark(lines[start - 1]) or not lines[start - 1].strip()):
        start -= 1
    return start


def _is_remark(line: str) -> bool:
    """Tell whether a line is a comment of somebody's own."""
    return line.lstrip().startswith("#") and not _LEFT.match(line)


def _require(there: bool) -> None:
    if not there:
        raise UsageError("This part is not there any more.", "Look at the list once more.")
