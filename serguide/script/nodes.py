"""Parse YAML text into a tree of nodes with positions; construct nothing.

The parser's events are walked with a stack of our own, so nothing recurses, nothing is
constructed, and every limit is met before memory is spent. Scalars stay the text that was
written: `no` is the word no, `4:30` is four characters; the field that a value stands in
decides what it may be.
"""

from __future__ import annotations

import codecs
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from serguide.base.errors import Problem, ScriptError
from serguide.base.files.failures import reason_of
from serguide.base.hints import SEE_NAMES, Hint, Remedy
from serguide.script.yaml_faults import syntax_problem

LARGEST_FILE = 1_000_000
"""Bytes that a script or session may have."""

DEEPEST = 16
"""Levels of lists and keys within one another; the language itself needs six."""

MOST_NODES = 50_000
"""Entries that one file may have."""

_DOCUMENTS = {
    b"PK\x03\x04": "a Word or other office document",
    b"\xd0\xcf\x11\xe0": "an old Word document",
    b"{\\rtf": "a rich text document (RTF)",
    b"%PDF": "a PDF",
}

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_RESERVED = {
    "\ufdd0",
    "\ufdd1",
    "\ufdd2",
    "\ufdd3",
    "\ufdd4",
}  # noncharacters that script.text uses as marks


@dataclass(slots=True)
class Node:
    """Stand for one value in the file; line and column count from 1."""

    line: int
    column: int


@dataclass(slots=True)
class Scalar(Node):
    """Hold a text as written; comment: what follows on its line after ` #`, unless it is quoted."""

    value: str = ""
    comment: str = ""


@dataclass(slots=True)
class Sequence(Node):
    """Hold a list."""

    items: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Mapping(Node):
    """Hold keys, in order, each with its own node and its value's."""

    pairs: dict[str, tuple[Scalar, Node]] = field(default_factory=dict)


Plain = str | list["Plain"] | dict[str, "Plain"]


def plain(node: Node) -> Plain:
    """Return a node as str, list and dict."""
    if isinstance(node, Mapping):
        return {key: plain(value) for key, (_, value) in node.pairs.items()}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    assert isinstance(node, Scalar)
    return node.value


def load(path: Path, shown: str | None = None) -> Node:
    """Read a YAML file into nodes.

    shown: the path as problems should name it. Raises ScriptError with every problem that
    could be found; runs nothing, whatever the file says.
    """
    name = shown or str(path)
    return parse(read_text(path, name), name)


def read_text(path: Path, name: str) -> str:
    """Return a file's text; name: the path as problems should name it. Raises ScriptError."""
    return _decode(_read(path, name), name)


def parse(text: str, name: str) -> Node:
    """Turn YAML text into nodes; `name` is the path that problems carry."""
    return _Composer(text, name).compose()


def _fail(name: str, line: int, column: int, code: str, message: str, hint: str) -> ScriptError:
    return ScriptError([Problem(name, line, column, code, message, hint)])


def _read(path: Path, name: str) -> bytes:
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise _fail(name, 1, 1, "L001", "is a folder", "name a .yaml file in it")
        if not stat.S_ISREG(status.st_mode):
            raise _fail(name, 1, 1, "L001", "is not an ordinary file", "name a .yaml file")
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise _fail(name, 1, 1, "L001", "there is no such file", SEE_NAMES) from None
    except (OSError, ValueError) as error:
        reason = reason_of(error)
        raise _fail(
            name, 1, 1, "L001", f"cannot be read: {reason}", "check the path and its permissions"
        ) from None
    if len(data) > LARGEST_FILE:
        raise _fail(
            name,
            1,
            1,
            "L001",
            f"is larger than {LARGEST_FILE // 1_000_000} MB",
            "a script is text alone; split it, and join the parts with `include`",
        )
    return data


def _decode(data: bytes, name: str) -> str:
    for mark in (
        codecs.BOM_UTF32_LE,
        codecs.BOM_UTF32_BE,
        codecs.BOM_UTF16_LE,
        codecs.BOM_UTF16_BE,
    ):
        if data.startswith(mark):
            raise _fail(
                name,
                1,
                1,
                "L002",
                "is saved as UTF-16 or UTF-32",
                "save it again with the encoding “UTF-8”",
            )
    for signature, what in _DOCUMENTS.items():
        if data.startswith(signature):
            message = f"is {what}, whatever its name says"
            hint = "save it as plain text (UTF-8) from the program that wrote it"
            raise _fail(name, 1, 1, "L002", message, hint)
    if data.startswith(codecs.BOM_UTF8):
        raise _fail(
            name,
            1,
            1,
            "L002",
            "begins with a byte order mark (BOM)",
            "save it again with the encoding “UTF-8”, not “UTF-8 with BOM”",
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        raise _fail(
            name,
            line,
            column,
            "L002",
            f"is not UTF-8 text: byte 0x{data[error.start]:02x} cannot be read",
            "save it again with the encoding “UTF-8”",
        ) from None


_Begun = yaml.ScalarEvent | yaml.CollectionStartEvent


class _Composer:
    """Build nodes from events, keeping what is wrong instead of stopping at it."""

    def __init__(self, text: str, name: str) -> None:
        self.text = text
        self.name = name
        self.problems: list[Problem] = []
        self.nodes = 0
        self._comments = " #" in text or "\t#" in text
        self._lines = text.split("\n") if self._comments else []

    def compose(self) -> Node:
        for mark in _RESERVED:
            if mark in self.text:
                line = self.text[: self.text.index(mark)].count("\n") + 1
                raise _fail(
                    self.name,
                    line,
                    1,
                    "L003",
                    f"holds U+{ord(mark):04X}, which is no character",
                    "delete it",
                )
        try:
            root = self._walk()
        except yaml.MarkedYAMLError as error:
            problem = syntax_problem(error, self.text, self.name)
            raise ScriptError([*self.problems, problem]) from None
        except yaml.reader.ReaderError as error:
            raise ScriptError([*self.problems, self._unreadable(error)]) from None
        if self.problems:
            raise ScriptError(self.problems)
        if root is None:
            hint = Hint("begin with an example, from a new library", Remedy("new_library"))
            raise _fail(self.name, 1, 1, "L003", "is empty", hint)
        return root

    def _walk(self) -> Node | None:
        root: Node | None = None
        # One entry a level: the collection, and the key that waits for its value.
        stack: list[tuple[Mapping | Sequence, Scalar | None]] = []
        documents = 0
        for event in self._events():
            mark = event.start_mark
            assert mark is not None  # only events made by hand have none
            line, column = mark.line + 1, mark.column + 1
            node: Node
            if isinstance(event, yaml.ScalarEvent):
                self._count(event, line, column)
                node = Scalar(line, column, event.value, self._comment(event))
            elif isinstance(event, yaml.CollectionEndEvent):
                node, _ = stack.pop()
            elif isinstance(event, yaml.CollectionStartEvent):
                self._count(event, line, column)
                if len(stack) == DEEPEST:
                    self._stop(
                        line, column, "L007", f"is nested more than {DEEPEST} levels deep",
                        "look for brackets or dashes too many",
                    )  # fmt: skip
                keys = isinstance(event, yaml.MappingStartEvent)
                stack.append((Mapping(line, column) if keys else Sequence(line, column), None))
                continue
            elif isinstance(event, yaml.AliasEvent):
                self._problem(
                    line, column, "L006", f"`*{event.anchor}` repeats another part of the file",
                    "write the text again, or keep it in a script of its own and `include` it",
                )  # fmt: skip
                node = Scalar(line, column)
            elif isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._problem(
                        line, column, "L009", "a second document begins here (`---`)",
                        "keep one script a file",
                    )  # fmt: skip
                    break
                continue
            else:
                continue
            if not stack:
                root = root or node
            else:
                self._place(stack, node)
        return root

    def _events(self) -> Iterator[yaml.Event]:
        loader = _LOADER(self.text)
        try:
            while event := loader.get_event():
                yield event
        finally:
            loader.dispose()

    def _comment(self, event: yaml.ScalarEvent) -> str:
        """Return what YAML leaves out behind an unquoted text."""
        mark = event.end_mark
        if event.style not in (None, "") or mark is None or not self._comments:
            return ""
        rest = self._lines[mark.line][mark.column :] if mark.line < len(self._lines) else ""
        return rest.strip() if rest.lstrip().startswith("#") else ""

    def _place(self, stack: list[tuple[Mapping | Sequence, Scalar | None]], node: Node) -> None:
        parent, key = stack[-1]
        if isinstance(parent, Sequence):
            parent.items.append(node)
        elif key is None:
            if not isinstance(node, Scalar):
                self._problem(
                    node.line, node.column, "L009", "a list or keys stand where a key should",
                    "put quotes around a text that begins with [ or {",
                )  # fmt: skip
                node = Scalar(node.line, node.column, f"\0{node.line}:{node.column}")
            stack[-1] = (parent, node)
        else:
            if key.value == "<<":
                self._problem(
                    key.line, key.column, "L006", "`<<` merges another part of the file",
                    "write the keys out",
                )  # fmt: skip
            elif key.value in parent.pairs:
                first = parent.pairs[key.value][0]
                self._problem(
                    key.line, key.column, "L008",
                    f"`{_short(key.value)}` stands twice; the first is on line {first.line}",
                    "begin each cue with a dash of its own: `- say: …`"
                    if key.value in ("say", "pause", "rest", "breathe", "sound", "include")
                    else "delete one of them",
                )  # fmt: skip
            else:
                parent.pairs[key.value] = (key, node)
            stack[-1] = (parent, None)

    def _refuse_extras(self, event: _Begun, line: int, column: int) -> None:
        if event.anchor:
            self._problem(
                line, column, "L006", f"`&{_short(event.anchor)}` marks a part to be repeated",
                "delete the mark; keep repeated text in a script of its own and `include` it",
            )  # fmt: skip
        if event.tag:
            written = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._problem(
                line, column, "L005", f"`{_short(written)}` is a tag; nothing in a file is run",
                "delete it; put quotes around a text that begins with !",
            )  # fmt: skip

    def _count(self, event: _Begun, line: int, column: int) -> None:
        if event.anchor or event.tag:
            self._refuse_extras(event, line, column)
        self.nodes += 1
        if self.nodes > MOST_NODES:
            self._stop(
                line, column, "L007", f"has more than {MOST_NODES:,} entries",
                "split it, and join the parts with `include`",
            )  # fmt: skip

    def _problem(self, line: int, column: int, code: str, message: str, hint: str) -> None:
        # A bomb of aliases or tags is one thing to mend, not a thousand.
        if code in {"L005", "L006"} and any(known.code == code for known in self.problems):
            return
        self.problems.append(Problem(self.name, line, column, code, message, hint))

    def _stop(self, line: int, column: int, code: str, message: str, hint: str) -> None:
        self._problem(line, column, code, message, hint)
        raise ScriptError(self.problems)

    def _unreadable(self, error: yaml.reader.ReaderError) -> Problem:
        before = self.text[: error.position] if isinstance(error.position, int) else ""
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        code = error.character if isinstance(error.character, int) else ord(error.character[:1])
        return Problem(
            self.name, line, column, "L003",
            f"holds the control character U+{code:04X}", "delete it",
        )  # fmt: skip


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
