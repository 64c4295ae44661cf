"""XML as a bounded tree: no document type, no entities of its own, limits met while it is read.

Expat alone: entities need a document type with an inside, which is refused before anything in
it counts; and nothing outside is ever fetched.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from serguide.importing.readers.failing import AS_TEXT, refuse

DEEPEST: Final = 200
"""Levels of elements within one another; Word itself needs some twenty."""

COMMENT: Final = "<!--"

MOST_ELEMENTS: Final = 400_000
"""Elements of one part: some two thousand pages."""


class XmlText(str):
    """Hold text between tags; line: where it begins, from 1."""

    line: int = 0


@dataclass(slots=True, eq=False)
class XmlElement:
    """Hold an element.

    tag: its local name, COMMENT for a comment; attributes: by local name; line: from 1;
    children: elements and texts, in order.
    """

    tag: str
    attributes: Mapping[str, str]
    line: int
    children: list[XmlElement | XmlText] = field(default_factory=list)

    def elements(self, *tags: str) -> Iterator[XmlElement]:
        """Yield the child elements, or those of some tags."""
        for child in self.children:
            if isinstance(child, XmlElement) and (not tags or child.tag in tags):
                yield child

    def first(self, tag: str) -> XmlElement | None:
        """Return the first child of a tag, or None."""
        return next(self.elements(tag), None)

    def descendants(self, *tags: str) -> Iterator[XmlElement]:
        """Yield every element below, in order, or those of some tags."""
        waiting = list(reversed(list(self.elements())))
        while waiting:
            element = waiting.pop()
            if not tags or element.tag in tags:
                yield element
            waiting.extend(reversed(list(element.elements())))

    def text(self) -> str:
        """Return all text below."""
        words: list[str] = []
        waiting: list[XmlElement | XmlText] = [self]
        while waiting:
            child = waiting.pop()
            if isinstance(child, XmlText):
                words.append(child)
            else:
                waiting.extend(reversed(child.children))
        return "".join(words)


class _TooMuchError(Exception):
    """A limit is met; args: what to say of the file."""


class _Builder:
    """Build the tree from expat's calls."""

    def __init__(self, comments: bool) -> None:
        self.parser = expat.ParserCreate(namespace_separator="\n")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.SkippedEntityHandler = self._entity
        self.parser.CommentHandler = self._comment if comments else None
        self.root: XmlElement | None = None
        self._open: list[XmlElement] = []
        self._count = 0

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._count += 1
        if self._count > MOST_ELEMENTS:
            raise _TooMuchError(f"holds more than {MOST_ELEMENTS:,} elements")
        if len(self._open) == DEEPEST:
            raise _TooMuchError(f"is nested more than {DEEPEST} levels deep")
        local = {key.rpartition("\n")[2]: value for key, value in attributes.items()}
        element = XmlElement(name.rpartition("\n")[2], local, self.parser.CurrentLineNumber)
        if self._open:
            self._open[-1].children.append(element)
        else:
            self.root = element
        self._open.append(element)

    def _end(self, _name: str) -> None:
        self._open.pop()

    def _text(self, text: str) -> None:
        placed = XmlText(text)
        placed.line = self.parser.CurrentLineNumber - text.count("\n")  # it has been buffered
        self._open[-1].children.append(placed)

    def _comment(self, text: str) -> None:
        if self._open:
            element = XmlElement(COMMENT, {}, self.parser.CurrentLineNumber, [XmlText(text)])
            self._open[-1].children.append(element)

    def _doctype(self, _name: str, _system: str | None, _public: str | None, inside: bool) -> None:
        # One that only names its definition is let be: nothing is fetched.
        if inside:
            raise _TooMuchError("declares entities of its own (DOCTYPE), which are not opened here")

    def _entity(self, name: str, _parameter: bool) -> None:
        raise _TooMuchError(f"uses &{name}; which stands for something outside of it")


def read_xml(
    pieces: Iterable[bytes], name: str, step: str = AS_TEXT, *, comments: bool = False
) -> XmlElement:
    """Return the root element of XML in pieces; name: the file as messages name it.

    step: what to do when it is no XML that can be read; comments: they are kept, as elements.
    Raises DocumentError.
    """
    builder = _Builder(comments)
    try:
        # In one go: older expats take the square of a long token's time when they get it in parts.
        builder.parser.Parse(b"".join(pieces), True)
    except expat.ExpatError as error:
        place = f"line {error.lineno}, column {error.offset + 1}"
        refuse(name, f"is damaged XML ({place}: {expat.ErrorString(error.code)})", step)
    except _TooMuchError as error:
        refuse(name, str(error), step)
    except (ValueError, LookupError):
        refuse(name, "is XML in an encoding that is not known", step)
    assert builder.root is not None
    return builder.root
