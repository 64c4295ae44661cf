"""Read a YAML file into a source: its validated model, and the position of everything in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from serguide.base.errors import Problem, ScriptError
from serguide.base.files.file_stamp import FileStamp, stamp_of
from serguide.base.hints import Hint, Remedy
from serguide.base.nearest import did_you_mean
from serguide.script import nodes
from serguide.script.cues import CUES
from serguide.script.models import Script, Session
from serguide.script.nodes import Mapping, Node, Scalar
from serguide.script.recover import parse_on
from serguide.script.text_faults import text_problems

Key = str | int


@dataclass(frozen=True, slots=True, eq=False)
class ScriptSource:
    """Hold a file's model with its positions.

    path: where it lies; shown: the path as problems name it.
    """

    path: Path
    shown: str
    model: Script | Session
    root: Node

    @property
    def name(self) -> str:
        """Return the script's or session's name: the file's stem."""
        return self.path.stem

    def problem(
        self, where: Sequence[Key], code: str, message: str, hint: str, *, at_key: bool = False
    ) -> Problem:
        """Make a problem that points at a place in the file."""
        node = locate(self.root, where, at_key=at_key)
        return Problem(self.shown, node.line, node.column, code, message, hint)

    def line(self, *where: Key) -> int:
        """Return the line of a key, from 1."""
        return locate(self.root, where, at_key=True).line


def read_source(path: Path, shown: str | None = None) -> ScriptSource:
    """Read a script or session. Raises ScriptError with every problem of the file."""
    return source_of(nodes.read_text(path, shown or str(path)), path, shown)


def source_of(text: str, path: Path, shown: str | None = None) -> ScriptSource:
    """Read a script or session as it would be with a text. Raises ScriptError like read_source."""
    name = shown or str(path)
    root, problems = parse_on(text, name, lambda node: _validated(node, name)[1])
    if root is None:
        raise ScriptError(problems)
    model, problems = _validated(root, name)
    if model is None:
        raise ScriptError(problems)
    return ScriptSource(path, name, model, root)


def _validated(root: Node, name: str) -> tuple[Script | Session | None, list[Problem]]:
    """Return the model of a file's nodes, or None and every problem."""
    if not isinstance(root, Mapping):
        message, hint = (
            "is not a script: it has no keys",
            "begin with `title:`, `kind:` and `cues:`",
        )
        return None, [Problem(name, root.line, root.column, "L010", message, hint)]
    model = Session if "steps" in root.pairs and "cues" not in root.pairs else Script
    problems = text_problems(root, name)
    try:
        found = model.model_validate(nodes.plain(root))
    except ValidationError as error:
        return None, [*problems, *_problems(name, root, error, model)]
    return (None, problems) if problems else (found, [])


class ScriptSources:
    """Read each file once, however many sessions draw it in."""

    def __init__(self) -> None:
        self._read: dict[Path, ScriptSource | ScriptError] = {}
        self._stamps: dict[Path, FileStamp] = {}

    @property
    def stamps(self) -> dict[Path, FileStamp]:
        """Return the files that were read, each with its stamp from before it was.

        A file that changes while it is read so has another stamp than it has afterwards.
        """
        return dict(self._stamps)

    def forget(self, path: Path) -> None:
        """Read a file anew when it is asked for again."""
        self._read.pop(path, None)
        self._stamps.pop(path, None)

    def of(self, path: Path) -> ScriptSource:
        """Return a file's source. Raises ScriptError with every problem of the file."""
        found = self._read.get(path)
        if found is None:
            stamp = stamp_of(path)
            try:
                found = read_source(path)
            except ScriptError as error:
                found = error
            self._stamps[path] = stamp
            self._read[path] = found
        if isinstance(found, ScriptError):
            raise found
        return found

    def hold(self, path: Path, text: str) -> None:
        """Take a text for what stands in a file, such as a draft that is not saved yet."""
        try:
            self._read[path] = source_of(text, path)
        except ScriptError as error:
            self._read[path] = error


def locate(root: Node, where: Sequence[Key], *, at_key: bool = False) -> Node:
    """Find the deepest node on a way of keys and indexes; what is not in the file is skipped."""
    node: Node = root
    key_node: Node = root
    for step in where:
        if isinstance(node, Mapping) and step in node.pairs:
            key_node, node = node.pairs[str(step)]
        elif isinstance(node, nodes.Sequence) and isinstance(step, int) and step < len(node.items):
            key_node = node = node.items[step]
    return key_node if at_key else node


def _problems(
    name: str, root: Mapping, error: ValidationError, model: type[Script | Session]
) -> list[Problem]:
    details = error.errors(include_url=False)
    above = {loc[:end] for detail in details for loc in [detail["loc"]] for end in range(len(loc))}
    too_long = {detail["loc"] for detail in details if detail["type"] == "too_long"}
    problems = []
    for detail in details:
        loc = detail["loc"]
        if loc in above and detail["type"] == "too_short":
            continue  # Pydantic counts an entry that failed as one that is missing.
        if any(loc[:end] in too_long for end in range(len(loc))):
            continue  # What an entry too many holds is not worth a word of its own.
        code, message, hint = _say(root, detail, model)
        node = locate(root, loc, at_key=detail["type"] in _AT_KEY)
        problems.append(Problem(name, node.line, node.column, code, message, hint))
    return problems


_AT_KEY = {"extra_forbidden", "too_long", "union_tag_not_found", "model_type", "dict_type"}


def _say(root: Mapping, detail: Any, model: type[Script | Session]) -> tuple[str, str, str]:
    """Return code, message and hint of one of pydantic's errors, in a writer's words."""
    kind, loc, context = detail["type"], detail["loc"], detail.get("ctx") or {}
    if kind.startswith("L0"):
        field = next((str(key) for key in reversed(loc) if _is_key(root, loc, key)), "")
        return (
            kind,
            f"{field}: {context['message']}" if field else context["message"],
            context["hint"],
        )
    last = str(loc[-1]) if loc else ""
    if kind == "missing":
        what = {"cues": "what is said and heard", "title": "its name", "steps": "its scripts"}
        return (
            "L012",
            f"`{last}` is missing{': ' + what[last] if last in what else ''}",
            f"add `{last}:`",
        )
    if kind == "extra_forbidden":
        known = _known_keys(root, loc[:-1], model)
        hint = did_you_mean(last, known, otherwise="possible here: " + ", ".join(known))
        return "L011", f"`{last}` is not a key that is known here", hint
    if kind == "union_tag_not_found":
        return _unknown_cue(locate(root, loc))
    if kind == "literal_error":
        written = detail["input"]
        choices = [word.strip("' ") for word in context["expected"].replace(" or ", ",").split(",")]
        listed = "choose from " + ", ".join(choices)
        hint = (
            did_you_mean(written, choices, otherwise=listed) if isinstance(written, str) else listed
        )
        field = next((str(key) for key in reversed(loc) if _is_key(root, loc, key)), "")
        return "L014", f"{field}: “{written}” is not among the choices", hint
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        return (
            "L010",
            f"`{last}:` should hold keys of its own",
            f"indent `key: value` lines below it, or write `{last}` without the colon",
        )
    if kind in ("tuple_type", "list_type"):
        return "L010", f"`{last}` should be a list", "begin each entry with a dash: `- `"
    if kind == "too_short":
        return "L010", f"`{last}` is empty", "add at least one entry"
    if kind == "too_long":
        return (
            "L010",
            "a step has one name",
            "indent its options below the name, by four spaces more",
        )
    return "L010", f"`{last}`: {detail['msg']}", Hint("see the JSON Schema", Remedy("schema"))


def _is_key(root: Mapping, loc: tuple[Key, ...], key: Key) -> bool:
    return isinstance(key, str) and not key.startswith("<") and locate(root, loc) is not root


def _unknown_cue(node: Node) -> tuple[str, str, str]:
    listed = ", ".join(CUES)
    if not isinstance(node, Mapping):
        value = node.value if isinstance(node, Scalar) else "a list"
        return "L013", f"“{value[:60]}” is not a cue", f"write `- say: …`, or another of {listed}"
    found = [key for key in node.pairs if key in CUES]
    if len(found) > 1:
        both = " and ".join(f"`{key}`" for key in found)
        return "L013", f"{both} stand in one cue", "begin each cue with a dash of its own: `- `"
    word = next(iter(node.pairs), "")
    hint = did_you_mean(word, CUES, otherwise=f"a cue is one of {listed}")
    return "L013", f"`{word}` is not a cue", hint


def _known_keys(
    root: Mapping, loc: tuple[Key, ...], model: type[Script] | type[Session]
) -> list[str]:
    """Return the keys of the model that a place in the file is read as."""
    schema = _schema(model)
    here: Any = schema
    for step in loc:
        here = _deref(here, schema)
        if step in ("<say>", "<pause>", "<rest>", "<breathe>", "<sound>", "<include>", "<chapter>"):
            here = schema["$defs"][CUES[str(step).strip("<>")].__name__]
        elif isinstance(step, str) and step.startswith("<"):
            here = next(
                (
                    found
                    for option in here.get("oneOf", here.get("anyOf", []))
                    if (found := _deref(option, schema)).get("type") == "object"
                ),
                here,
            )
        elif isinstance(step, int):
            here = here.get("items", here)
        elif "properties" in here and step in here["properties"]:
            here = here["properties"][step]
        else:
            by_pattern = next(iter(here.get("patternProperties", {}).values()), None)
            here = by_pattern or here.get("additionalProperties") or here
        here = _optional(_deref(here, schema), schema)
    return list(here.get("properties", {}))


@lru_cache(maxsize=2)
def _schema(model: type[Any]) -> Any:
    return model.model_json_schema(by_alias=True)


def _deref(here: Any, schema: Any) -> Any:
    while isinstance(here, dict) and "$ref" in here:
        here = schema["$defs"][here["$ref"].rsplit("/", 1)[-1]]
    return here


def _optional(here: Any, schema: Any) -> Any:
    options = [option for option in here.get("anyOf", []) if option.get("type") != "null"]
    return _deref(options[0], schema) if len(options) == 1 else here
