"""Markdown through markdown-it: headings, lists, tables, notes; comments as remarks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from serguide.importing.decisions import DecisionLog
from serguide.importing.document import ImportedDocument, ImportedParagraph, Remark, Uttered
from serguide.importing.readers.failing import refuse
from serguide.script.stage_directions import kind_of

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT: Final = re.compile(r"\A---[ \t]*\n(.{0,4000}?)\n(?:---|\.\.\.)[ \t]*(?=\n|\Z)", re.DOTALL)
_KEY: Final = re.compile(r"(title|lang|language)\s*:\s*[\"']?(.{1,200}?)[\"']?\s*", re.I)
_FOOTNOTE: Final = re.compile(r"(?m)^\[\^([\w-]{1,30})\]:[ \t]*(.*)$")
_BLANK: Final = re.compile(r"\n[ \t]*\n")
_REFERENCE: Final = re.compile(r"\[\^([\w-]{1,30})\]")

LONGEST_BLOCK: Final = 20_000
"""Characters between two blank lines; the parser may take the square of their time."""

LARGEST: Final = 500_000
"""Characters of a text: some ten hours of speech."""


def read_markdown(text: str, name: str, log: DecisionLog) -> ImportedDocument:
    """Read Markdown; lines are those of the file. Raises DocumentError for what is too long."""
    from markdown_it import MarkdownIt  # a while to load, and only Markdown needs it

    if len(text) > LARGEST or any(len(block) > LONGEST_BLOCK for block in _BLANK.split(text)):
        step = (
            "Part it by blank lines, or into files; or name it .txt and it is read as plain text."
        )
        refuse(
            name, f"has a paragraph of more than {LONGEST_BLOCK:,} characters, or is a book", step
        )
    document = ImportedDocument("Markdown")
    reader = _MarkdownReader(document, log)
    text = reader.cut(text)
    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    reader.read(parser.parse(text))
    return document


class _MarkdownReader:
    """Walk the parser's tokens and write paragraphs."""

    def __init__(self, document: ImportedDocument, log: DecisionLog) -> None:
        self._document = document
        self._log = log
        self._notes: dict[str, str] = {}
        self._line = 1
        self._heading = 0
        self._lists = 0
        self._number = ""

    def cut(self, text: str) -> str:
        """Return the text without front matter and footnotes, its lines where they were."""
        if found := _FRONT.match(text):
            for number, line in enumerate(found[1].split("\n"), start=2):
                self._front(line.strip(), number)
            text = "\n" * found[0].count("\n") + text[found.end() :]
        self._notes = {note[1]: note[2].strip() for note in _FOOTNOTE.finditer(text)}
        return _FOOTNOTE.sub("", text)

    def _front(self, line: str, number: int) -> None:
        if not line:
            return
        found = _KEY.fullmatch(line)
        if not found:
            self._log.add(number, "dropped", line, "an entry of the front matter")
        elif found[1].lower() == "title":
            self._document.title = found[2]
            self._log.add(number, "taken", line, "the title")
        else:
            self._document.language = found[2]
            self._log.add(number, "taken", line, "the language")

    def read(self, tokens: list[Token]) -> None:
        """Read all tokens of a text."""
        for index, token in enumerate(tokens):
            if token.map is not None:
                self._line = token.map[0] + 1
            if token.type == "heading_open":
                self._heading = int(token.tag[1:])
            elif token.type == "heading_close":
                self._heading = 0
            elif token.type in ("bullet_list_open", "ordered_list_open"):
                if not self._lists:
                    told = "its marks or numbers are not spoken"
                    self._log.add(self._line, "taken", "a list", told)
                self._lists += 1
            elif token.type in ("bullet_list_close", "ordered_list_close"):
                self._lists -= 1
            elif token.type == "list_item_open" and token.info and _is_single(tokens, index):
                self._number = f"{token.info}{token.markup} "
                self._log.add(self._line, "left", self._number.strip(), "a number, not a list's")
            elif token.type == "table_open":
                self._log.add(self._line, "taken", "a table", "read row by row")
            elif token.type == "hr":
                rule = token.markup[:1] * 3
                self._log.add(self._line, "dropped", rule, "a rule between parts")
            elif token.type in ("fence", "code_block"):
                first = self._line + (token.type == "fence")
                self._log.add(first, "left", token.content.strip(), "a block of code")
                self._add([Uttered(token.content, first)])
            elif token.type == "html_block":
                self._raw(token.content)
            elif token.type == "inline":
                self._inline(token.children or [], self._number)
                self._number = ""

    def _add(self, parts: list[Uttered | Remark]) -> None:
        paragraph = ImportedParagraph(self._line, [*parts], self._heading)
        self._document.paragraphs.append(paragraph)

    def _raw(self, content: str) -> None:
        """Read a block of HTML: its comments are remarks, its tags go by the notation."""
        parts: list[Uttered | Remark] = []
        at, line = 0, self._line
        while (start := content.find("<!--", at)) >= 0 and (end := content.find("-->", start)) > 0:
            parts.append(Uttered(content[at:start], line))
            line += content.count("\n", at, start)
            parts.append(self._remark(content[start + 4 : end], line, "a comment"))
            line += content.count("\n", start, end)
            at = end + 3
        parts.append(Uttered(content[at:], line))
        self._add(parts)

    def _remark(self, text: str, line: int, why: str) -> Remark:
        text = " ".join(text.split())
        self._log.add(line, "taken", text, f"{why}: a comment in the file, not spoken")
        return Remark(text, line, why)

    def _inline(self, tokens: list[Token], number: str) -> None:
        parts: list[Uttered | Remark] = []
        words = [number] if number else []
        begun = line = self._line

        def flush() -> None:
            nonlocal begun
            if words:
                parts.append(Uttered("".join(words), begun))
                words.clear()
            begun = line

        for index, token in enumerate(tokens):
            if token.type == "text":
                at = 0
                for found in _REFERENCE.finditer(token.content):
                    if found[1] not in self._notes:
                        continue
                    words.append(token.content[at : found.start()])
                    flush()
                    parts.append(self._remark(self._notes[found[1]], line, "a footnote"))
                    at = found.end()
                words.append(token.content[at:])
            elif token.type in ("softbreak", "hardbreak"):
                words.append("\n")
                line += 1
            elif token.type == "html_inline" and token.content.startswith("<!--"):
                flush()
                parts.append(self._remark(token.content[4:-3], line, "a comment"))
                line += token.content.count("\n")
                begun = line
            elif token.type == "image":
                alt = token.content or "a picture"
                self._log.add(line, "dropped", alt, "a picture")
            elif token.type == "link_open":
                self._log.add(line, "dropped", str(token.attrs.get("href", "")), "a link's address")
            elif token.type in ("em_open", "em_close", "strong_open", "strong_close"):
                words.append("*" if _sets_off(tokens, index) else "")
            elif token.type in ("code_inline", "html_inline"):
                words.append(token.content)
                line += token.content.count("\n")
        flush()
        self._add(parts)


def _is_single(tokens: list[Token], index: int) -> bool:
    """Tell whether an item is the only one of its list: `3. May` at a line's start is a date."""
    level = tokens[index].level
    close = next(
        at
        for at in range(index + 1, len(tokens))
        if tokens[at].type == "list_item_close" and tokens[at].level == level
    )
    return (
        tokens[index - 1].type == "ordered_list_open"
        and tokens[close + 1].type == "ordered_list_close"
    )


def _sets_off(tokens: list[Token], index: int) -> bool:
    """Tell whether emphasis that opens or closes here holds a stage direction alone."""
    opens = tokens[index].nesting == 1
    beside = tokens[index + 1 : index + 3] if opens else tokens[max(0, index - 2) : index]
    if len(beside) < 2:
        return False
    text, other = beside if opens else reversed(beside)
    close = tokens[index].type.replace("_open", "_close") if opens else ""
    open_ = "" if opens else tokens[index].type.replace("_close", "_open")
    if text.type != "text" or other.type not in (close, open_):
        return False
    return kind_of(text.content) is not None
