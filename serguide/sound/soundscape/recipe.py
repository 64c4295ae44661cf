"""A soundscape's recipe: a YAML file becomes a Recipe, or every problem in it is named."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from serguide.errors import Problem, ScriptError
from serguide.script.yamltext import Mapping, Node, Sequence, load, plain
from serguide.sound.soundscape.generators import GENERATORS, AnyLayer
from serguide.sound.soundscape.loop import LOOP_FRAMES
from serguide.sound.soundscape.model import Layer

Line = Annotated[str, Field(min_length=1, max_length=500)]


class Recipe(BaseModel):
    """Hold a soundscape: what it is called, and the layers it is mixed from."""

    model_config = ConfigDict(frozen=True, extra="forbid")

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
    try:
        return Recipe.model_validate(plain(root))
    except ValidationError as invalid:
        raise ScriptError(_problem(str(path), root, error) for error in invalid.errors()) from None


def _problem(path: str, root: Node, error: ErrorDetails) -> Problem:
    node, generator = _locate(root, error["loc"])
    message, hint = _words(error, generator)
    return Problem(path, node.line, node.column, "L090", message, hint)


def _locate(root: Node, loc: tuple[int | str, ...]) -> tuple[Node, str | None]:
    # pydantic's path to a fault also holds the generator's name, which stands in no file.
    node, generator = root, None
    for step in loc:
        if isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        elif isinstance(node, Mapping) and step in node.pairs:
            key, value = node.pairs[str(step)]
            node = key if step == loc[-1] else value
        elif step in GENERATORS:
            generator = str(step)
    return node, generator


def _words(error: ErrorDetails, generator: str | None) -> tuple[str, str]:
    name, written, context = str(error["loc"][-1]), error["input"], error.get("ctx", {})
    match error["type"]:
        case "missing":
            return f"`{name}` is missing", f"add a line `{name}: …`; see another soundscape"
        case "extra_forbidden":
            model = GENERATORS[generator] if generator else Recipe
            known = list(model.model_fields)
            owner = f"the sound `{generator}`" if generator else "a soundscape"
            return f"{owner} has no setting `{name}`", _nearest(name, known)
        case "union_tag_invalid":
            sound = str(context.get("tag", ""))
            return f"there is no sound `{sound}`", _nearest(sound, list(GENERATORS))
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


def _nearest(name: str, known: list[str]) -> str:
    close = get_close_matches(name, known, n=1)
    return f"did you mean `{close[0]}`?" if close else f"there is: {', '.join(sorted(known))}"
