"""A part as data for its screen: blocks, findings, lengths, what the pieces in it are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from serguide.audio.oneshots import ONE_SHOTS
from serguide.base.errors import Problem, ScriptError, UsageError
from serguide.script.cues import SayCue
from serguide.script.models import Script
from serguide.script.reading import source_of
from serguide.script.sentence_split import split_sentences
from serguide.studio.saving.library_files import ReadText
from serguide.studio.shelf.library_places import file_of, own_file
from serguide.studio.shelf.source_cache import known_source
from serguide.studio.shelf.starter_sentence import STARTERS
from serguide.studio.shelf.used_in import used_in
from serguide.studio.studio import Studio
from serguide.studio.wording.block_reading import read_blocks
from serguide.studio.wording.cue_lines import read_cues
from serguide.studio.wording.draft_findings import DraftReport, check_draft, timed_as
from serguide.studio.wording.part_in_session import timeline_in
from serguide.studio.wording.text_pieces import text_of
from serguide.studio.wording.word_blocks import PieceBlock, TextBlock, WordBlock
from serguide.studio.words.plain_findings import plain_finding


def part_data(studio: Studio, name: str, session: str = "") -> dict[str, Any]:
    """Return all that the screen shows of a part; one that cannot be read has text and problems.

    session: that it was opened from, or empty.
    """
    path = file_of(studio, name)
    read = studio.files.read(path)
    labels = studio.files.labels(path)
    data: dict[str, Any] = {
        "name": name,
        "title": name,
        "own": own_file(studio, name) is not None,
        "version": read.version,
        "text": read.text,
        "blocks": None,
        "problems": [],
        "undo": labels.undo,
        "redo": labels.redo,
        "used_in": used_in(studio, name),
        "starter": "",
    }
    try:
        file = read_cues(read.text, str(path))
    except (ScriptError, UsageError) as error:
        return {**data, "problems": _stopping(error, studio.language)}
    blocks = read_blocks(file)
    data |= {key: str(file.keys[key].value) for key in ("title", "language") if key in file.keys}
    report = report_of(studio, path, read, session)
    shown = [block.model_dump() for block in blocks]
    if starter := _starter(blocks):
        data["starter"] = starter
        shown[0]["pieces"] = []
    return {
        **data,
        "blocks": shown,
        "pieces": _pieces(studio, blocks),
        **report_data(report),
    }


def _starter(blocks: tuple[WordBlock, ...]) -> str:
    """Return the hint that a part holds in which nothing was written yet; else nothing."""
    if len(blocks) != 1 or not isinstance(blocks[0], TextBlock):
        return ""
    text = text_of(blocks[0].pieces)
    return text if text in STARTERS.values() else ""


def report_of(
    studio: Studio, path: Path, read: ReadText, session: str = "", *, meaning: bool = False
) -> DraftReport:
    """Check a part's text in the studio's libraries; lengths are those of its session."""
    report = check_draft(
        path, read.text, studio.shelves, studio.store, studio.language, by_meaning=meaning
    )
    track = timeline_in(studio, path, session)
    return report if track is None else timed_as(report, read.text, path, track)


def checked(studio: Studio, name: str, session: str = "") -> dict[str, Any]:
    """Return what is found in a part as it was saved, and its lengths."""
    path = file_of(studio, name)
    return report_data(report_of(studio, path, studio.files.read(path), session))


def report_data(report: DraftReport) -> dict[str, Any]:
    """Return findings and lengths as data."""
    return {
        "findings": [finding.as_data() for finding in report.findings],
        "starts": {str(cue): start for cue, start in report.starts.items()},
        "seconds": report.seconds,
        "in_session": report.in_session,
    }


def text_problems(studio: Studio, path: Path, text: str) -> list[dict[str, Any]]:
    """Return what is wrong with a file's text, line by line: its language, else what is found.

    A finding's hint is the check's own message on an English page, on others the reason behind it.
    """
    english = studio.language == "en"
    try:
        source_of(text, path)
        report = check_draft(path, text, studio.shelves, studio.store, studio.language)
    except (ScriptError, UsageError) as error:
        return _stopping(error, studio.language)
    return [
        {
            "line": each.line, "code": each.code, "message": each.what,
            "hint": each.message if english else each.why or each.message,
        }
        for each in report.findings
    ]  # fmt: skip


def _stopping(error: ScriptError | UsageError, language: str) -> list[dict[str, Any]]:
    if isinstance(error, UsageError):
        return [{"line": 1, "code": "", "message": error.message, "hint": str(error.hint)}]
    return [_problem(problem, language) for problem in error.problems]


def _problem(problem: Problem, language: str) -> dict[str, Any]:
    """Return a problem of a file's text; its hint is for whoever knows the file's own terms."""
    plain = plain_finding(problem.code, problem.message, language)
    return {
        "line": problem.line,
        "code": problem.code,
        "message": plain or problem.message,
        "hint": f"{problem.message}. {problem.hint}" if plain else str(problem.hint),
    }


def _pieces(studio: Studio, blocks: tuple[WordBlock, ...]) -> dict[str, Any]:
    """Return what is known of each part that stands in this one."""
    names = {block.name for block in blocks if isinstance(block, PieceBlock)}
    return {name: piece_data(studio, name) for name in sorted(names)}


def piece_data(studio: Studio, name: str) -> dict[str, Any]:
    """Return a part's title, number of sentences and words; what cannot be read has none."""
    try:
        model = known_source(file_of(studio, name)).model
    except (ScriptError, UsageError, OSError):
        return {"title": name, "own": False, "sentences": 0, "readable": False}
    cues = model.cues if isinstance(model, Script) else ()
    said = [cue.say for cue in cues if isinstance(cue, SayCue)]
    return {
        "title": model.title,
        "own": own_file(studio, name) is not None,
        "sentences": sum(len(split_sentences(text, model.language)) for text in said),
        "readable": isinstance(model, Script),
    }


def choices(studio: Studio, language: str) -> dict[str, Any]:
    """Return what can be put into a part of a language: other parts, and sounds."""
    found = []
    for name, path in studio.shelves.names().items():
        try:
            model = known_source(path).model
        except (ScriptError, OSError):
            continue
        if isinstance(model, Script) and model.language == language:
            own = own_file(studio, name) is not None
            found.append({"name": name, "title": model.title, "kind": model.kind, "own": own})
    found.sort(key=lambda each: (not each["own"], str(each["title"]).casefold()))
    return {"parts": found, "sounds": list(ONE_SHOTS)}
