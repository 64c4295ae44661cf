"""Addresses of reading aloud: sentences, takes, doubts, and recordings brought as a whole."""

from __future__ import annotations

import re
import secrets
from pathlib import Path
from typing import Any, Final

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from serguide.base.errors import RecordingError, UsageError
from serguide.base.files.failures import explained
from serguide.cache.private import closed_folder
from serguide.reading.prompter.take_keeper import keep_doubtful
from serguide.recordings.sentences import Sentence
from serguide.recordings.voice_folder import VoiceFolder
from serguide.studio.server.answers import Asked, answer, endpoint, failed, read_to_file
from serguide.studio.server.event_stream import event_stream
from serguide.studio.studio import Studio
from serguide.studio.takes.reading_voice import (
    begin_folder,
    find_sentence,
    folder_for,
    list_for,
    reading_data,
    sound_of,
    state_of,
)
from serguide.studio.takes.take_uploads import (
    INCOMING,
    TAKE_LIMIT,
    drop_upload,
    keep_upload,
    new_take,
    receive,
    recover_uploads,
)
from serguide.studio.takes.whole_pieces import (
    PIECE_LIMIT,
    join_pieces,
    piece_path,
    unfinished,
)

WHOLE_LIMIT: Final = 1_500_000_000
"""Bytes of a recording that is brought: two hours of WAV."""

_SUFFIX: Final = re.compile(r"[a-z0-9]{1,5}")
_SEARCHED: Final[set[str]] = set()
"""Recordings whose sentences are being looked for just now."""

_CHANGED: Final = "the words of this sentence have changed", "load the page again"


def routes(_: Studio) -> list[Route]:
    """Return the routes of reading aloud."""
    takes = "/api/takes/{name}"
    return [
        Route(takes, endpoint(_sentences), methods=["GET"]),
        Route(f"{takes}/keep", endpoint(_keep), methods=["POST"]),
        Route(f"{takes}/sound", endpoint(_sound), methods=["GET"]),
        Route(f"{takes}/whole", _whole, methods=["PUT"]),
        Route(f"{takes}/whole/{{id}}", _found, methods=["POST"]),
        Route(f"{takes}/whole/{{id}}/{{number:int}}", _piece, methods=["PUT"]),
        Route(f"{takes}/{{sentence}}", _take, methods=["PUT"]),
    ]


def _sentences(studio: Studio, asked: Asked) -> object:
    name = asked.path["name"]
    folder = folder_for(studio, name)
    recovered = recover_uploads(folder) if folder.exists else 0
    begun = unfinished(folder.path / INCOMING, _SEARCHED) if folder.exists else {}
    return {
        **reading_data(studio, name),
        "recovered": recovered,
        "unfinished": [{"id": ident, "seconds": round(long)} for ident, long in begun.items()],
    }


def _keep(studio: Studio, asked: Asked) -> object:
    folder, sentence = _of(studio, asked.path["name"], asked.field("sentence"))
    theirs = [each for each in folder.open_index().recordings if each.key == sentence.key]
    if not theirs:
        raise UsageError("nothing is recorded of this sentence", "read it")
    return state_of(keep_doubtful(folder, theirs[-1]), len(theirs), studio.language)


def _sound(studio: Studio, asked: Asked) -> Response:
    folder, sentence = _of(studio, asked.path["name"], asked.query.get("sentence", ""))
    path = sound_of(folder, sentence)
    if path is None:
        raise UsageError("there is nothing to hear of this sentence", "read it again")
    return FileResponse(path, media_type="audio/flac")


async def _take(request: Request) -> Response:
    """Keep a take: its sound first."""
    studio: Studio = request.app.state.studio
    name, ident = request.path_params["name"], request.path_params["sentence"]
    try:
        folder, sentence = await to_thread.run_sync(_begun, studio, name, ident)
        path = await to_thread.run_sync(new_take, folder, sentence, dict(request.query_params))
        try:
            await receive(path, lambda part: read_to_file(request, part, TAKE_LIMIT))
        except BaseException:
            drop_upload(path)
            raise
        kept = await to_thread.run_sync(_kept, folder, sentence, path, studio.language)
        return answer(kept)
    except Exception as error:
        return failed(studio, error)


def _kept(folder: VoiceFolder, sentence: Sentence, path: Path, language: str) -> dict[str, Any]:
    entry = keep_upload(folder, path, sentence)
    if entry is None:
        return {"state": "nothing"}
    count = sum(each.key == sentence.key for each in folder.open_index().recordings)
    return state_of(entry, count, language)


async def _whole(request: Request) -> Response:
    """Keep a recording of many sentences as it came; what it holds is found by another request."""
    studio: Studio = request.app.state.studio
    suffix = request.query_params.get("suffix", "")
    try:
        if not _SUFFIX.fullmatch(suffix):
            raise UsageError("this is no sound file by its name", "choose another file")
        place = await to_thread.run_sync(_place, studio, request.path_params["name"])
        ident = secrets.token_hex(8)
        whole = place / f"{ident}.whole.{suffix}"
        await receive(whole, lambda part: read_to_file(request, part, WHOLE_LIMIT))
        return answer({"id": ident})
    except Exception as error:
        return failed(studio, error)


async def _piece(request: Request) -> Response:
    """Keep a piece of what is read in one go; one that came before is not taken again."""
    studio: Studio = request.app.state.studio
    name, ident = request.path_params["name"], request.path_params["id"]
    try:
        place = await to_thread.run_sync(_place, studio, name)
        path = piece_path(place, ident, request.path_params["number"])
        if not path.exists():
            await receive(path, lambda part: read_to_file(request, part, PIECE_LIMIT))
        return answer({"state": "kept"})
    except Exception as error:
        return failed(studio, error)


async def _found(request: Request) -> Response:
    """Find a session's sentences in a recording that was brought; tell how far it is."""
    studio: Studio = request.app.state.studio
    name, ident = request.path_params["name"], request.path_params["id"]
    try:
        place = await to_thread.run_sync(_place, studio, name)
        if ident in _SEARCHED:  # what comes meanwhile would go with it when it is removed
            raise UsageError("its sentences are being looked for just now", "wait a moment")
        await to_thread.run_sync(join_pieces, place, ident)
        files = [each for each in place.glob("*.whole.*") if each.name.split(".")[0] == ident]
        if not files:
            raise UsageError("this recording is not here any more", "bring it again")
    except Exception as error:
        return failed(studio, error)

    def work(tell: Any, cancel: Any) -> None:
        from serguide import api

        folder = folder_for(studio, name)
        _SEARCHED.add(ident)
        try:
            added = api.add_recordings(
                files,
                folder.path,
                name,
                studio.libraries,
                report=lambda each: tell(
                    {"stage": each.stage, "done": each.done, "total": each.total}
                ),
                cancel=cancel,
            )
        finally:
            _SEARCHED.discard(ident)
        good = sum(each.found.state == "good" for each in added.readings)
        doubtful = len(added.readings) - good
        tell({"good": good, "doubtful": doubtful, "missing": len(added.missing)})
        files[0].unlink(missing_ok=True)  # the voice's folder has it by now

    return event_stream(studio, work)


def _place(studio: Studio, name: str) -> Path:
    """Return where what comes for a voice lies, made where it is missing."""
    folder = folder_for(studio, name)
    begin_folder(studio, folder, list_for(studio, name).language)
    with explained("the recording cannot be kept", RecordingError, "free the disk"):
        closed_folder(folder.path / INCOMING)
    return folder.path / INCOMING


def _begun(studio: Studio, name: str, ident: str) -> tuple[VoiceFolder, Sentence]:
    folder, sentence = _of(studio, name, ident)
    begin_folder(studio, folder, sentence.language)
    return folder, sentence


def _of(studio: Studio, name: str, ident: str) -> tuple[VoiceFolder, Sentence]:
    """Return the voice and the sentence that are meant. Raises UsageError, ScriptError."""
    sentence = find_sentence(list_for(studio, name), ident)
    if sentence is None:
        raise UsageError(*_CHANGED)
    return folder_for(studio, name), sentence
