"""Import of files: read, settle what is open, compose, write all or nothing, and check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Final

from serguide.base.errors import DocumentError, Problem, UsageError
from serguide.base.hints import Hint, Remedy
from serguide.base.language import TAG
from serguide.cache.store import Store
from serguide.importing.assumptions import Assumptions
from serguide.importing.decisions import Decision, DecisionLog
from serguide.importing.document import ImportedDocument, Unit, Unsaid, WrittenPause
from serguide.importing.drafting.cleaning import clean_document, unix_lines
from serguide.importing.drafting.composer import Composer
from serguide.importing.drafting.draft import Draft
from serguide.importing.drafting.kind_guess import guess_kind
from serguide.importing.drafting.language_guess import guess_language
from serguide.importing.drafting.list_marks import drop_list_marks
from serguide.importing.drafting.paragraph_parts import settle_parts
from serguide.importing.drafting.proposals import proposals_for
from serguide.importing.drafting.yaml_writer import script_yaml
from serguide.importing.notation.scanner import Scanner
from serguide.importing.readers.dispatch import read_document
from serguide.importing.readers.plain_text import read_plain_text
from serguide.importing.script_files import refuse_taken, script_name, script_path, write_scripts
from serguide.safety.checker import check_files
from serguide.script.library import open_libraries
from serguide.script.nodes import LARGEST_FILE

_UNCLEAR: Final = "for want of another: its words are too few, or of a language not known here"

PASTED: Final = "Pasted"
"""The title of a pasted text that has none."""

Settle = Callable[[Mapping[Unsaid, int]], Mapping[Unsaid, Fraction]]
"""Answers how long open silences last; gets how many of each there are, in all documents."""


@dataclass(frozen=True, slots=True)
class ImportedScript:
    """Describe a script that was written."""

    path: Path
    title: str
    kind: str
    language: str


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """Hold what became of one document; form: its format; unit: what decisions' lines count."""

    source: Path
    form: str
    unit: Unit
    scripts: tuple[ImportedScript, ...]
    decisions: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class Imported:
    """Hold what became of all documents.

    open: how many silences without a length there were; assumptions: with what was answered;
    problems: what the check says of the scripts; proposals: what is ready in the libraries for
    some of these, and not put in.
    """

    files: tuple[ImportedFile, ...]
    open: Mapping[Unsaid, int]
    assumptions: Assumptions
    problems: tuple[Problem, ...]
    proposals: tuple[str, ...]


@dataclass(slots=True)
class _Work:
    """Hold a document on its way."""

    source: Path
    document: ImportedDocument
    log: DecisionLog
    drafts: list[Draft]


def import_documents(
    sources: Iterable[Path],
    library: Path,
    assumptions: Assumptions,
    *,
    settle: Settle | None = None,
    libraries: Iterable[str | Path] = (),
    store: Store | None = None,
    by_meaning: bool = True,
) -> Imported:
    """Import documents into a library: all of them, or nothing is written.

    settle: asked once for the lengths that are open and not in the assumptions; libraries,
    store, by_meaning: for the check that follows. Raises DocumentError, UsageError.
    """
    works = [_read(path, assumptions) for path in sources]
    counts = _open(works)
    asked = {unsaid: count for unsaid, count in counts.items() if not assumptions.asked_for(unsaid)}
    if settle and asked:
        answered = tuple(settle(asked).items())
        assumptions = replace(assumptions, lengths=(*assumptions.lengths, *answered))
    for work in works:
        _compose(work, assumptions)
    contents = _contents(works, library, assumptions)
    refuse_taken(library, [path for path, _ in contents])
    write_scripts((path, script_yaml(draft)) for path, draft in contents)
    found = open_libraries([library, *libraries])
    checked = check_files([str(path) for path, _ in contents], found, store, by_meaning=by_meaning)
    paths = {id(draft): path for path, draft in contents}
    files = tuple(_imported(work, paths) for work in works)
    languages = {script.language for file in files for script in file.scripts}
    proposals = proposals_for(checked.problems, languages, found)
    return Imported(files, counts, assumptions, checked.problems, proposals)


def draft_document(path: Path, assumptions: Assumptions) -> tuple[list[Draft], DecisionLog]:
    """Return what a document would give, by the assumptions alone. Raises DocumentError."""
    work = _read(path, assumptions)
    _compose(work, assumptions)
    return work.drafts, work.log


def draft_text(text: str, assumptions: Assumptions) -> tuple[list[Draft], DecisionLog]:
    """Return what a text that was pasted would give, as draft_document(). Raises DocumentError."""
    log = DecisionLog()
    document = read_plain_text(unix_lines(text), log)
    work = _settled(Path(PASTED), document, log, assumptions)
    _compose(work, assumptions)
    return work.drafts, log


def _read(path: Path, assumptions: Assumptions) -> _Work:
    log = DecisionLog()
    return _settled(path, read_document(path, assumptions.encoding, log), log, assumptions)


def _settled(
    source: Path, document: ImportedDocument, log: DecisionLog, assumptions: Assumptions
) -> _Work:
    """Turn what stands in a document's words into parts."""
    clean_document(document, log)
    if document.form in ("text", "Word", "OpenDocument", "RTF"):
        drop_list_marks(document, log)
    scanner = Scanner(assumptions, log, by_line=document.unit == "line")
    for paragraph in document.paragraphs:
        settle_parts(paragraph, scanner, log)
    return _Work(source, document, log, [])


def _open(works: Iterable[_Work]) -> dict[Unsaid, int]:
    """Return how many silences of each open kind there are."""
    return dict(
        Counter(
            part.unsaid
            for work in works
            for paragraph in work.document.paragraphs
            for part in paragraph.parts
            if isinstance(part, WrittenPause) and part.unsaid is not None
        )
    )


def _compose(work: _Work, assumptions: Assumptions) -> None:
    composer = Composer(work.document, work.source.stem, assumptions, work.log)
    work.drafts = composer.compose()
    if not work.drafts:
        raise DocumentError(
            f"{work.source} holds nothing that can be spoken.",
            "Look whether its text is a picture, or all of it stands in brackets.",
        )
    language = _language(work, assumptions)
    for draft in work.drafts:
        draft.language = language
        _propose_kind(draft, assumptions, work.log)


def _language(work: _Work, assumptions: Assumptions) -> str:
    for stated in (assumptions.language, work.document.language):
        if TAG.fullmatch(stated):
            return stated
        if stated:
            work.log.add(0, "dropped", stated, "the language: it is not a language tag")
    guess = guess_language("\n".join(draft.spoken for draft in work.drafts))
    why = f"{guess.share:.0%} of the words are its small ones" if guess.language else _UNCLEAR
    work.log.add(0, "proposed", f"language: {guess.language or 'en'}", why)
    return guess.language or "en"


def _propose_kind(draft: Draft, assumptions: Assumptions, log: DecisionLog) -> None:
    if assumptions.kind:
        draft.kind = assumptions.kind
        return
    paced = any(cue.kind == "breathe" for cue in draft.cues)
    draft.kind, why = guess_kind(draft.spoken, paced=paced)
    log.add(0, "proposed", f"kind: {draft.kind}", f"of “{draft.title}”: {why}")


def _contents(
    works: list[_Work], library: Path, assumptions: Assumptions
) -> list[tuple[Path, Draft]]:
    """Return each draft with its path. Raises UsageError, DocumentError."""
    found = []
    for work in works:
        for draft in work.drafts:
            alone = len(work.drafts) == 1
            name = script_name(work.source.stem if alone else draft.title)
            if assumptions.name:
                name = script_name(assumptions.name)
            found.append((script_path(library, draft.kind, name), draft))
            if len(script_yaml(draft).encode()) > LARGEST_FILE:
                raise DocumentError(
                    f"{work.source} is too long for one script.",
                    Hint("Make a script of each of its top headings.", Remedy("split")),
                )
    if assumptions.name and len(found) > 1:
        raise UsageError(
            f"one name, and {len(found)} scripts", "import the documents one after another"
        )
    return found


def _imported(work: _Work, paths: Mapping[int, Path]) -> ImportedFile:
    scripts = tuple(
        ImportedScript(paths[id(draft)], draft.title, draft.kind, draft.language)
        for draft in work.drafts
    )
    document = work.document
    return ImportedFile(work.source, document.form, document.unit, scripts, work.log.decisions)
