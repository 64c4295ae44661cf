"""Changes of a session's own file: each takes its text, and returns another."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, Final

from serguide.base.errors import UsageError
from serguide.base.printable import require_text
from serguide.base.units import format_time
from serguide.script.models import LOUDEST_BED
from serguide.studio.session.bed_choices import SOFTEST
from serguide.studio.session.step_lines import (
    StepLines,
    add_step,
    leave_out,
    move,
    put_back,
    read_steps,
)
from serguide.studio.session.yaml_keys import remove_key, set_key
from serguide.studio.session.yaml_places import scalar

SHORTEST, LONGEST = 30, 12 * 3600
"""Seconds that a session may be asked to last."""

_NAME: Final = re.compile(r"[^/\\\x00-\x1f]{1,200}")
_KEY: Final = re.compile(r"[^\W\d]\w{0,60}")


def changed(text: str, change: Mapping[str, Any]) -> str:
    """Return a session's text after a change such as `{"kind": "length", "seconds": 1080}`.

    Raises UsageError for a change that is none, or that cannot be made.
    """
    kind = change.get("kind")
    make = CHANGES.get(kind) if isinstance(kind, str) else None
    if make is None:
        raise _not_understood()
    return make(text, change)


def _move(text: str, change: Mapping[str, Any]) -> str:
    return move(read_steps(text), _whole(change, "from"), _whole(change, "to")).text


def _leave_out(text: str, change: Mapping[str, Any]) -> str:
    return leave_out(read_steps(text), _whole(change, "index")).text


def _put_back(text: str, change: Mapping[str, Any]) -> str:
    return put_back(read_steps(text), _whole(change, "index")).text


def _add(text: str, change: Mapping[str, Any]) -> str:
    steps: StepLines = read_steps(text)
    at = _whole(change, "at") if "at" in change else len(steps.places)
    return add_step(steps, _name(change, "name"), at).text


def _length(text: str, change: Mapping[str, Any]) -> str:
    if change.get("seconds") is None:
        return remove_key(text, "length")
    wanted = change["seconds"]
    if isinstance(wanted, bool) or not isinstance(wanted, int | float):
        raise _not_understood()
    if not SHORTEST <= wanted <= LONGEST:
        raise UsageError("A session lasts between half a minute and twelve hours.", "Choose again.")
    return set_key(text, ("length",), format_time(Fraction(round(wanted))))


def _voice(text: str, change: Mapping[str, Any]) -> str:
    voice = change.get("voice")
    if voice is None:
        return remove_key(text, "voice")
    return set_key(text, ("voice",), scalar(_name(change, "voice")))


def _soundscape(text: str, change: Mapping[str, Any]) -> str:
    if change.get("name") is None:
        return remove_key(text, "soundscape")
    name, level = _name(change, "name"), change.get("level")
    if name == "none" or level is None:
        return set_key(text, ("soundscape",), scalar(name))
    if isinstance(level, bool) or not isinstance(level, int | float):
        raise _not_understood()
    level = min(max(round(float(level), 1), SOFTEST), float(LOUDEST_BED))
    return set_key(text, ("soundscape",), f"{{name: {scalar(name)}, level: {level:g}dB}}")


def _value(text: str, change: Mapping[str, Any]) -> str:
    key, words = _text(change, "key"), _text(change, "text")
    if not _KEY.fullmatch(key):
        raise _not_understood()
    return set_key(text, ("values", key), _quoted(" ".join(words.split())))


def _ground(text: str, change: Mapping[str, Any]) -> str:
    return set_key(text, ("ground",), scalar(_name(change, "name")))


def _title(text: str, change: Mapping[str, Any]) -> str:
    title = " ".join(_text(change, "title").split())
    if not title:
        raise UsageError("A session needs a title.", "Write one.")
    return set_key(text, ("title",), scalar(title))


def allowed(text: str, code: str, reason: str) -> str:
    """Return a session's or script's text that waives a rule, with a reason."""
    words = " ".join(reason.split())
    if not words:
        raise UsageError("Keeping it needs a reason.", "Say why it is right for this person.")
    require_text("the reason", words)
    return set_key(text, ("allow", code), _quoted(words))


CHANGES: Final[Mapping[str, Callable[[str, Mapping[str, Any]], str]]] = {
    "move": _move,
    "leave_out": _leave_out,
    "put_back": _put_back,
    "add": _add,
    "length": _length,
    "voice": _voice,
    "soundscape": _soundscape,
    "value": _value,
    "ground": _ground,
    "title": _title,
}
"""What makes a change, by the kind that changed() is told."""


def _quoted(words: str) -> str:
    return scalar(words) if scalar(words) != words else f'"{words}"'


def _whole(change: Mapping[str, Any], key: str) -> int:
    found = change.get(key)
    if isinstance(found, bool) or not isinstance(found, int):
        raise _not_understood()
    return found


def _text(change: Mapping[str, Any], key: str) -> str:
    found = change.get(key)
    if not isinstance(found, str) or len(found) > 2000:
        raise _not_understood()
    require_text("what was typed", found)
    return found


def _name(change: Mapping[str, Any], key: str) -> str:
    found = _text(change, key)
    if not _NAME.fullmatch(found) or found.startswith("."):
        raise _not_understood()
    return found


def _not_understood() -> UsageError:
    return UsageError("This change is not understood.", "Load the page again.")
