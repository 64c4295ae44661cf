"""Answers as JSON, endpoints that work in a thread, and bodies that are read with a limit."""

from __future__ import annotations

import json
import traceback
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

from anyio import to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from serguide.base.errors import Problem, ScriptError, SerguideError, UsageError
from serguide.base.files.atomic import write_atomically
from serguide.studio.saving.library_files import ChangedOutsideError
from serguide.studio.studio import Studio
from serguide.studio.words.finding_words import reason_behind
from serguide.studio.words.plain_findings import plain_finding

JSON_LIMIT: Final = 1_000_000
"""Bytes of a request's JSON."""

_DEEPEST: Final = 40


@dataclass(frozen=True, slots=True)
class Asked:
    """Hold what a request asks: the parts of its path, its query, and its JSON; None without."""

    path: Mapping[str, Any]
    query: Mapping[str, str]
    data: Any

    def field(self, name: str, kind: type | tuple[type, ...] = str, default: Any = None) -> Any:
        """Return a field of the JSON. Raises UsageError when it is of another type, or missing.

        default: what stands for one that is missing; None refuses that.
        """
        found = self.data.get(name, default) if isinstance(self.data, dict) else default
        if not isinstance(found, kind) or (isinstance(found, bool) and kind is not bool):
            raise UsageError(f"the request lacks its “{name}”", "load the page again")
        return found


Answering: TypeAlias = Callable[[Studio, Asked], object]
"""Do what a request asks; returns the answer's data, or a Response."""


def answer(data: object, status: int = 200) -> Response:
    """Return data as a JSON response."""
    body = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Response(body.encode("utf-8", "replace"), status, media_type="application/json")


def endpoint(
    function: Answering, *, limit: int = JSON_LIMIT
) -> Callable[[Request], Awaitable[Response]]:
    """Make an endpoint of a function; it runs in a worker thread, and its errors become answers.

    limit: bytes of JSON that it takes.
    """

    async def answering(request: Request) -> Response:
        studio: Studio = request.app.state.studio
        try:
            data = await read_json(request, limit) if request.method in ("POST", "PUT") else None
            asked = Asked(request.path_params, request.query_params, data)
            found = await to_thread.run_sync(function, studio, asked)
        except Exception as error:
            return failed(studio, error)
        return found if isinstance(found, Response) else answer(found)

    return answering


def failed(studio: Studio, error: Exception) -> Response:
    """Return what a page is told of an error; an unforeseen one is kept in a file."""
    if isinstance(error, HTTPException):
        return answer({"problem": {"message": str(error.detail), "hint": ""}}, error.status_code)
    if isinstance(error, ChangedOutsideError):
        theirs = {"file": error.path.stem, "text": error.theirs.text}
        changed = {"changed": {**theirs, "version": error.theirs.version}}
        return answer({**changed, "problem": told(studio, error)}, 409)
    return answer({"problem": told(studio, error)}, _status(error))


def told(studio: Studio, error: Exception) -> dict[str, object]:
    """Return an error as data for a page: message, hint, and the places of a script's problems."""
    if isinstance(error, ScriptError):
        problems = [problem_data(problem, studio.language) for problem in error.problems]
        first = problems[0] if problems else {}
        return {
            **{key: first.get(key, "") for key in ("message", "hint", "code")},
            "problems": problems,
        }
    if isinstance(error, SerguideError):
        return {"message": error.message, "hint": str(error.hint)}
    _keep_fault(studio, error)
    return {
        "message": "Something went wrong inside the studio.",
        "hint": "What is saved is safe. Try it once more, or start the studio again.",
        "code": "fault",
    }


def problem_data(problem: Problem, language: str) -> dict[str, object]:
    """Return a problem as data; the file by its name alone.

    The check's own words are English; a page in another language has the plain sentence instead,
    and the reason for its hint, where there is one.
    """
    plain = "" if language == "en" else plain_finding(problem.code, problem.message, language)
    return {
        "file": Path(problem.path).name,
        "line": problem.line,
        "column": problem.column,
        "code": problem.code,
        "message": plain or problem.message,
        "hint": reason_behind(problem.code, language) if plain else str(problem.hint),
        "severity": problem.severity,
        "excerpt": problem.excerpt,
    }


async def read_json(request: Request, limit: int = JSON_LIMIT) -> Any:
    """Return a request's JSON, None for an empty body. Raises UsageError, HTTPException (413)."""
    body = b"".join([piece async for piece in _pieces(request, limit)])
    if not body:
        return None
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        raise UsageError("the request is not understood", "load the page again") from None
    if _depth_over(data, _DEEPEST):
        raise UsageError("the request is not understood", "load the page again")
    return data


async def read_to_file(request: Request, path: Path, limit: int) -> int:
    """Write a request's body to a new file of the user's alone; return its bytes.

    Raises HTTPException (413) for more than `limit`, and FileExistsError; what is half-written is
    removed.
    """
    file = await to_thread.run_sync(_opened, path)
    whole = False
    written = 0
    try:
        async for piece in _pieces(request, limit):
            written += await to_thread.run_sync(file.write, piece)
        whole = True
    finally:
        file.close()
        if not whole:
            path.unlink(missing_ok=True)
    return written


def _opened(path: Path) -> Any:
    import os

    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    return os.fdopen(handle, "wb")


async def _pieces(request: Request, limit: int) -> Any:
    """Yield the pieces of a body, until it is longer than it may be."""
    stated = request.headers.get("content-length", "0")
    seen = int(stated) if stated.isdecimal() else 0
    if seen > limit:
        raise _too_much(limit)
    seen = 0
    async for piece in request.stream():
        seen += len(piece)
        if seen > limit:
            raise _too_much(limit)
        yield piece


def _too_much(limit: int) -> HTTPException:
    return HTTPException(413, f"This is more than the studio takes at once ({limit} bytes).")


def _depth_over(data: object, deepest: int) -> bool:
    """Say whether data nests deeper than anything of ours does."""
    level = [data]
    for _ in range(deepest):
        level = [
            inner
            for each in level
            if isinstance(each, dict | list)
            for inner in (each.values() if isinstance(each, dict) else each)
        ]
        if not level:
            return False
    return True


def _status(error: Exception) -> int:
    if isinstance(error, UsageError):
        return 400
    if isinstance(error, ScriptError):
        return 422
    return 409 if isinstance(error, SerguideError) else 500


def _keep_fault(studio: Studio, error: Exception) -> None:
    """Keep the traceback of the newest unforeseen error, readable by nobody else."""
    try:
        studio.state.mkdir(0o700, parents=True, exist_ok=True)
        text = "".join(traceback.format_exception(error))
        write_atomically(
            studio.state / "last-fault.txt", text.encode("utf-8", "replace"), mode=0o600
        )
    except OSError:
        pass
