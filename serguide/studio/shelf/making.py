"""Making something new: a session for someone, out of one that is there, and a part to write."""

from __future__ import annotations

import io
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from serguide.base.errors import UsageError
from serguide.base.printable import require_text
from serguide.script.models import Session
from serguide.studio.preferences import LONGEST_NAME
from serguide.studio.shelf.copying import added, cover_of
from serguide.studio.shelf.library_places import file_of, stem_of
from serguide.studio.shelf.shelf_lengths import reach
from serguide.studio.shelf.source_cache import known_source
from serguide.studio.shelf.starter_sentence import STARTERS
from serguide.studio.studio import Studio

SHORTEST, LONGEST = 1, 180
"""Minutes that a session may be asked to last."""

_LONGEST_TITLE: Final = 200


def session_for(
    studio: Studio, name: str, client: str, minutes: float | None, title: str = ""
) -> dict[str, object]:
    """Copy a session for someone; return the copy's name, and its length in minutes if one is set.

    client: whom it is for, may be empty; minutes: the length, None for that of the file. Where it
    cannot be had, the nearest half minute that can is set. The file is the user's alone, and its
    name tells nothing of the client. Raises UsageError, ScriptError, SerguideError.
    """
    client, title = _line("the name", client, LONGEST_NAME), _line("title", title, _LONGEST_TITLE)
    source = known_source(file_of(studio, name))
    if not isinstance(source.model, Session):
        raise UsageError("this is a part, and no session", "choose a session")
    yaml = _round_trip()
    data = yaml.load(source.path.read_text(encoding="utf-8-sig"))
    if client or "name" in (data.get("values") or {}):
        _put(data, "values", CommentedMap(), before=("ground", "allow", "steps"))["name"] = client
    if title:
        data["title"] = title
    told: dict[str, object] = {}
    if minutes is not None:
        if not SHORTEST <= minutes <= LONGEST:
            raise UsageError(f"{SHORTEST} to {LONGEST} minutes are possible", "choose another")
        got = _nearest(studio, name, minutes)
        told = {"minutes": got, "asked": minutes}
        _put(data, "length", "", before=("voice", "soundscape", "values", "ground", "steps"))
        data["length"] = _time(got)
    stream = io.StringIO()
    yaml.dump(data, stream)
    shown = title or source.model.title
    # Who sees a list of files learns from it for whom nothing was made.
    stem = name if _says(shown, client) else shown
    text = stream.getvalue().encode()
    cover = cover_of(studio, name)
    made = added(studio, "session", stem, text, cover=cover, private=True)
    return {"name": made, **told}


def new_part(studio: Studio, title: str) -> str:
    """Write a part with one sentence, in the interface's language; return its name."""
    title = _line("title", title, _LONGEST_TITLE)
    if not title:
        raise UsageError("a part has a title", "write one; it can be changed")
    part: dict[str, Any] = {"title": title, "kind": "relaxation", "language": studio.language}
    part["cues"] = [{"say": STARTERS[studio.language]}]
    stream = io.StringIO()
    _round_trip().dump(part, stream)
    return added(studio, "relaxation", title, stream.getvalue().encode())


def _says(title: str, client: str) -> bool:
    """Tell whether a word of a client's name stands in a title, accents and capitals apart."""
    words = set(stem_of(title).split("-"))
    return any(len(word) > 1 and word in words for word in stem_of(client).split("-"))


def _nearest(studio: Studio, name: str, minutes: float) -> float:
    """Return the asked length, or the nearest half minute that the words can have."""
    can = reach(studio, name)
    least = -(-can["shortest"] // 30) / 2
    most = can["longest"] // 30 / 2
    return min(max(minutes, least), most) if least <= most else minutes


def _time(minutes: float) -> str:
    whole, part = divmod(round(minutes * 60), 60)
    return f"{whole}m{part}s" if part else f"{whole}m"


def _put(data: CommentedMap, key: str, value: object, *, before: tuple[str, ...]) -> Any:
    """Return the value of a key; a new one is put before the first of these that is there."""
    if data.get(key) is None:
        data.pop(key, None)
        places = [index for index, name in enumerate(data) if name in before]
        data.insert(min(places, default=len(data)), key, value)
    return data[key]


def _line(what: str, text: str, longest: int) -> str:
    """Return a text in one line. Raises UsageError for what is long or no text."""
    require_text(what, " ".join(text.split()))
    if len(text) > longest:
        raise UsageError(f"{what} is longer than {longest} characters", "shorten it a little")
    return " ".join(text.split())


def _round_trip() -> YAML:
    """Return a reader and writer that keeps comments, order and layout."""
    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = 1_000_000
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml
