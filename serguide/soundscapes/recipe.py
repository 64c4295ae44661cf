"""Read a soundscape recipe from YAML, or name every problem in it."""

from __future__ import annotations

import functools
import operator
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model
from pydantic_core import ErrorDetails

from serguide.base.errors import Problem, ScriptError
from serguide.base.nearest import did_you_mean
from serguide.script.nodes import Node, load, plain
from serguide.script.reading import locate
from serguide.soundscapes.layers.generators import (
    GENERATORS,
    AnyLayer,
    all_generators,
    plugin_generators,
)
from serguide.soundscapes.layers.model import Layer
from serguide.soundscapes.loop import LOOP_FRAMES

_AT_KEY = {"extra_forbidden", "too_long", "too_short"}

Line = Annotated[str, Field(min_length=1, max_length=500)]


class Recipe(BaseModel):
    """Hold a soundscape: what it is called, and the layers it is mixed from."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    title: Line
    """What it is called, for people."""
    about: Line
    """One sentence on what is heard."""
    layers: Annotated[tuple[AnyLayer, ...], Field(min_length=1, max_length=len(LOOP_FRAMES))]
    """What is heard at once, the main sound first."""

    @property
    def sounds(self) -> tuple[Layer, ...]:
        """Return the layers, typed."""
        return self.layers


def load_recipe(path: Path) -> Recipe:
    """Read a recipe. Raises ScriptError with every problem, each with its line and a hint."""
    root = load(path)
    data = plain(root)
    try:
        return _model(data).model_validate(data)
    except ValidationError as invalid:
        errors = invalid.errors(include_url=False)
        raise ScriptError(
            _problem(str(path), root, error) for error in errors if not _echo(error, errors)
        ) from None


def _model(data: Any) -> type[Recipe]:
    """Return the model of a recipe; plug-ins are looked for when a sound is none of our own."""
    layers = data.get("layers") if isinstance(data, dict) else None
    sounds = [each.get("sound") for each in layers or () if isinstance(each, dict)]
    return Recipe if all(str(sound) in GENERATORS for sound in sounds) else _extended()


@functools.cache
def _extended() -> type[Recipe]:
    """Return a Recipe whose layers may also be those that packages bring."""
    if not plugin_generators().found:
        return Recipe
    any_layer = functools.reduce(operator.or_, all_generators().values())
    one: Any = Annotated[any_layer, Field(discriminator="sound")]
    layers: Any = Annotated[tuple[one, ...], Field(min_length=1, max_length=len(LOOP_FRAMES))]
    return create_model("Recipe", __base__=Recipe, layers=(layers, ...))


def _echo(error: ErrorDetails, errors: list[ErrorDetails]) -> bool:
    # pydantic counts a layer that is wrong as one that is missing.
    loc = error["loc"]
    return error["type"] == "too_short" and any(
        len(other["loc"]) > len(loc) and other["loc"][: len(loc)] == loc for other in errors
    )


def _problem(path: str, root: Node, error: ErrorDetails) -> Problem:
    node = locate(root, error["loc"], at_key=error["type"] in _AT_KEY)
    # pydantic's path to a fault also holds the generator's name, which stands in no file.
    generator = next((str(step) for step in error["loc"][1:3] if step in all_generators()), None)
    message, hint = _words(error, generator)
    return Problem(path, node.line, node.column, "L090", message, hint)


def _words(error: ErrorDetails, generator: str | None) -> tuple[str, str]:
    name = str(error["loc"][-1]) if error["loc"] else "the file"
    written, context = error["input"], error.get("ctx", {})
    match error["type"]:
        case "missing":
            return f"`{name}` is missing", f"add a line `{name}: …`; see another soundscape"
        case "extra_forbidden":
            model = all_generators()[generator] if generator else Recipe
            known = list(model.model_fields)
            owner = f"the sound `{generator}`" if generator else "a soundscape"
            return f"{owner} has no setting `{name}`", _nearest(name, known)
        case "union_tag_invalid":
            sound = str(context.get("tag", ""))
            return f"there is no sound `{sound}`", _left_out(sound) or _nearest(
                sound, list(all_generators())
            )
        case "union_tag_not_found":
            return "a layer does not say which sound it is", "begin it with `- sound: stream`"
        case "float_parsing" | "int_parsing" | "float_type" | "int_type" | "finite_number":
            return f"`{name}: {written}` is not a number", "write a number such as `0.4`"
        case "greater_than_equal":
            return f"`{name}: {written}` is too small", f"the least is {context['ge']:g}"
        case "less_than_equal":
            return f"`{name}: {written}` is too much", f"the most is {context['le']:g}"
        case "value_error":
            message, _, hint = str(context["error"]).partition("; ")
            return message, hint
        case "too_long":
            most = context["max_length"]
            return f"`{name}` is too long", f"{most} are the most; leave something out"
        case "too_short" | "string_too_short":
            return f"`{name}` is empty", "write at least one entry"
        case _:
            return f"`{name}` cannot be used: {error['msg']}", "see another soundscape"


def _left_out(sound: str) -> str:
    broken = [each for each in plugin_generators().broken if each.name == sound]
    return f"left out: {broken[0]}" if broken else ""


def _nearest(name: str, known: list[str]) -> str:
    return did_you_mean(name, known, otherwise=f"there is: {', '.join(sorted(known))}")
