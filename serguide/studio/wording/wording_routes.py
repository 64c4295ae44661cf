"""Addresses of the words: a part read, saved, checked, taken back, pasted into, kept as text."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from serguide.studio.saving.library_files import ChangedOutsideError
from serguide.studio.server.answers import Asked, endpoint
from serguide.studio.session.following import follow_copy
from serguide.studio.shelf.library_places import file_of
from serguide.studio.studio import Studio
from serguide.studio.wording.part_changes import (
    blocks_from,
    draft_of,
    keep_mine,
    save_blocks,
    save_text,
    step_back,
)
from serguide.studio.wording.part_data import (
    checked,
    choices,
    part_data,
    piece_data,
    report_data,
    report_of,
    text_problems,
)
from serguide.studio.wording.part_hearing import heard_from, sentence_sound
from serguide.studio.wording.pasting import paste

_LARGEST = 4_000_000  # bytes of a request: a file, and the blocks beside it


def routes(_: Studio) -> list[Route]:
    """Return the words' routes."""

    def route(path: str, function: Any, method: str = "GET") -> Route:
        return Route(f"/api{path}", endpoint(function, limit=_LARGEST), methods=[method])

    return [
        route("/parts", _choices),
        route("/parts/{name}", _part),
        route("/parts/{name}", _save, "PUT"),
        route("/parts/{name}/piece", _piece),
        route("/parts/{name}/version", _version),
        route("/parts/{name}/findings", _findings, "POST"),
        route("/parts/{name}/paste", _paste, "POST"),
        route("/parts/{name}/text", _text),
        route("/parts/{name}/text", _save_text, "PUT"),
        route("/parts/{name}/draft", _draft, "POST"),
        route("/parts/{name}/keep", _keep, "POST"),
        route("/parts/{name}/undo", _undo, "POST"),
        route("/parts/{name}/redo", _redo, "POST"),
        route("/parts/{name}/hearing", _hearing, "POST"),
        route("/parts/{name}/hearing/{item:int}", _sentence),
        route("/sounds/{name}", _sound),
    ]


def _choices(studio: Studio, asked: Asked) -> object:
    return choices(studio, asked.query.get("language", "en"))


def _part(studio: Studio, asked: Asked) -> object:
    return part_data(studio, asked.path["name"], asked.query.get("session", ""))


def _piece(studio: Studio, asked: Asked) -> object:
    return piece_data(studio, asked.path["name"])


def _version(studio: Studio, asked: Asked) -> object:
    return {"version": studio.files.read(file_of(studio, asked.path["name"])).version}


def _save(studio: Studio, asked: Asked) -> object:
    base = asked.field("base", str, "") or None
    blocks = blocks_from(asked.field("blocks", list))
    name, version, burst = asked.path["name"], asked.field("version"), asked.field("burst", str, "")
    saved = save_blocks(studio, name, version, blocks, base, burst)
    saved = _told_to_session(studio, asked, saved)
    return {**saved, **checked(studio, saved["name"], saved["session"])}


def _told_to_session(studio: Studio, asked: Asked, saved: dict[str, Any]) -> dict[str, Any]:
    """Have the session that one came from use the copy, where a ready-made part is one now."""
    session, name = asked.field("session", str, ""), asked.path["name"]
    if session and saved["name"] != name:
        session = follow_copy(studio, session, name, saved["name"])
    return {**saved, "session": session}


def _findings(studio: Studio, asked: Asked) -> object:
    path = file_of(studio, asked.path["name"])
    read = studio.files.read(path)
    if read.version != asked.field("version"):
        raise ChangedOutsideError(path, read)
    meaning = asked.field("meaning", bool, False)
    session = asked.field("session", str, "")
    return report_data(report_of(studio, path, read, session, meaning=meaning))


def _paste(studio: Studio, asked: Asked) -> object:
    pasted = paste(asked.field("text"), asked.field("language", str, "en"))
    return {
        "blocks": [block.model_dump() for block in pasted.blocks],
        "pauses": pasted.pauses,
        "decisions": [
            {"verdict": each.verdict, "written": each.written, "became": each.became}
            for each in pasted.decisions
        ],
    }


def _text(studio: Studio, asked: Asked) -> object:
    path = file_of(studio, asked.path["name"])
    read = studio.files.read(path)
    problems = text_problems(studio, path, read.text)
    return {"text": read.text, "version": read.version, "problems": problems}


def _save_text(studio: Studio, asked: Asked) -> object:
    text = asked.field("text")
    name, version, burst = asked.path["name"], asked.field("version"), asked.field("burst", str, "")
    saved = save_text(studio, name, version, text, burst)
    saved = _told_to_session(studio, asked, saved)
    path = file_of(studio, saved["name"])
    return {**saved, "problems": text_problems(studio, path, text)}


def _draft(_: Studio, asked: Asked) -> object:
    base = asked.field("base")
    return {"text": draft_of(base, blocks_from(asked.field("blocks", list)))}


def _keep(studio: Studio, asked: Asked) -> object:
    code, reason = asked.field("code"), asked.field("reason")
    saved = keep_mine(studio, asked.path["name"], asked.field("version"), code, reason)
    saved = _told_to_session(studio, asked, saved)
    return {**saved, **checked(studio, saved["name"], saved["session"])}


def _undo(studio: Studio, asked: Asked) -> object:
    step_back(studio, asked.path["name"])
    return part_data(studio, asked.path["name"], asked.field("session", str, ""))


def _redo(studio: Studio, asked: Asked) -> object:
    step_back(studio, asked.path["name"], again=True)
    return part_data(studio, asked.path["name"], asked.field("session", str, ""))


def _hearing(studio: Studio, asked: Asked) -> object:
    path = file_of(studio, asked.path["name"])
    cue, session = asked.field("cue", int, 0), asked.field("session", str, "")
    return {"heard": heard_from(studio, path, cue, session)}


def _sentence(studio: Studio, asked: Asked) -> Response:
    path = file_of(studio, asked.path["name"])
    session = asked.query.get("session", "")
    sound = sentence_sound(studio, path, asked.path["item"], session)
    return Response(sound, media_type="audio/wav")


def _sound(_: Studio, asked: Asked) -> Response:
    """Answer with a one-shot as a WAV file. Raises SoundError for a name that is none."""
    import soundfile

    from serguide.audio.oneshots import one_shot
    from serguide.base.units import SAMPLERATE

    file = BytesIO()
    soundfile.write(file, one_shot(asked.path["name"]).samples, SAMPLERATE, "PCM_16", format="WAV")
    return Response(file.getvalue(), media_type="audio/wav")
