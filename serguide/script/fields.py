"""Field types of the models: each parses its text, or says what it wants.

YAML gives text (see nodes.py), so every reader here takes text; numbers and booleans are taken
too, for scripts that are built in Python. A reader that refuses raises PydanticCustomError whose
type is the problem's code and whose context carries the hint.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from serguide.base.language import TAG
from serguide.base.normal_form import normalized
from serguide.base.units import Decibels, Seconds, parse_level, parse_time

_WHOLE = re.compile(r"[0-9]{1,6}")
_DECIMAL = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,6})?")
_CYCLES = re.compile(r"([0-9]{1,5})\.\.([0-9]{1,5})")


def refusal(code: str, message: str, hint: str) -> PydanticCustomError:
    """Make the error that a field raises: problem code, what is wrong, the next step."""
    # Pydantic fills {} in the template from the context; a written brace must not count.
    return PydanticCustomError(code, "{message}", {"message": message, "hint": hint})


def _split(error: ValueError) -> tuple[str, str]:
    message, _, hint = str(error).partition("; ")
    return message, hint


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise refusal("L010", f"is {_shape(value)}, not a text", "write one text here")
    if not value.strip():
        raise refusal("L010", "is empty", "write a text, or delete the line")
    return value


def _prose(value: Any) -> str:
    return _text(normalized(_text(value)))


def _maybe_empty(value: Any) -> str:
    if not isinstance(value, str):
        raise refusal("L010", f"is {_shape(value)}, not a text", "write one text here")
    return normalized(value)


def _shape(value: Any) -> str:
    if isinstance(value, dict):
        return "a group of keys"
    return "a list" if isinstance(value, list) else f"“{value}”"


def _time(value: Any) -> Seconds:
    if isinstance(value, Fraction):
        return Seconds(value)
    try:
        return parse_time(str(value) if isinstance(value, int | float) else _text(value))
    except ValueError as error:
        raise refusal("L015", *_split(error)) from None


def _level(value: Any) -> Decibels:
    if isinstance(value, float):
        return Decibels(value)
    try:
        return parse_level(_text(value))
    except ValueError as error:
        raise refusal("L016", *_split(error)) from None


def _flag(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if value in ("true", "false"):
        return bool(value == "true")
    raise refusal("L017", f"“{value}” is neither true nor false", "write `true` or `false`")


def _whole(value: Any) -> int:
    if isinstance(value, int):
        return value
    if isinstance(value, str) and _WHOLE.fullmatch(value):
        return int(value)
    raise refusal("L017", f"{_shown(value)} is not a whole number", "write a number such as `12`")


def _decimal(value: Any) -> float:
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, str) and _DECIMAL.fullmatch(value):
        return float(value)
    raise refusal("L017", f"{_shown(value)} is not a number", "write a number such as `0.9`")


def _shown(value: Any) -> str:
    return f"“{value}”" if isinstance(value, str) else _shape(value)


def _language(value: Any) -> str:
    text = _text(value)
    if not TAG.fullmatch(text):
        raise refusal(
            "L029", f"“{text}” is not a language tag", "write one such as `en` or `en-GB`"
        )
    return text


def _name(value: Any) -> str:
    """Take a script's, soundscape's or one-shot's name: never a path."""
    text = _text(value)
    if "/" in text or "\\" in text or text.startswith("."):
        raise refusal(
            "L024",
            f"“{text}” is a path; only names are looked up, inside the libraries",
            "write the name alone, without folders and without `.yaml`",
        )
    if any(ord(char) < 32 for char in text) or len(text.encode()) > 250:
        raise refusal("L024", "is no name of a file", "write a shorter, plain name")
    return text


def _cycles(value: Any) -> tuple[int, int]:
    if isinstance(value, tuple):
        return value
    if isinstance(value, str) and (found := _CYCLES.fullmatch(value)):
        few, many = int(found[1]), int(found[2])
        if not 1 <= few <= many:
            raise refusal("L018", f"“{value}” runs backwards or from 0", "write it like `6..18`")
        return few, many
    try:
        number = _whole(value)
    except PydanticCustomError:
        raise refusal(
            "L017",
            f"{_shown(value)} is not a number of cycles",
            "write `12`, or a range like `6..18`",
        ) from None
    if number < 1:
        raise refusal("L018", "fewer than one cycle", "write 1 or more")
    return number, number


def between(low: float, high: float, unit: str) -> AfterValidator:
    """Bound a number, both ends included."""

    def check(value: float) -> float:
        if not low <= value <= high:
            raise refusal(
                "L018",
                f"{value:g}{unit} is out of range",
                f"choose from {low:g}{unit} to {high:g}{unit}",
            )
        return value

    return AfterValidator(check)


def _above_zero(value: Seconds) -> Seconds:
    if value <= 0:
        raise refusal("L018", "a time of 0 is no time", "write a longer time")
    return value


_TIME_SCHEMA = {
    "anyOf": [
        {
            "type": "string",
            "pattern": r"^([0-9]+m)?([0-9]+(\.[0-9]+)?s)?([0-9]+ms)?$|^[0-9]+(\.[0-9]+)?$",
            "minLength": 1,
        },
        {"type": "number", "minimum": 0},
    ],
    "description": "A time: `500ms`, `6s`, `1m30s`, or a number of seconds.",
}

Text = Annotated[str, PlainValidator(_text), WithJsonSchema({"type": "string", "minLength": 1})]
Prose = Annotated[str, PlainValidator(_prose), WithJsonSchema({"type": "string", "minLength": 1})]
"""A text that is spoken or shown; Text is looked up, such as a voice."""

Value = Annotated[str, PlainValidator(_maybe_empty), WithJsonSchema({"type": ["string", "number"]})]
Placeholder = Annotated[str, AfterValidator(normalized)]
Time = Annotated[Seconds, PlainValidator(_time), WithJsonSchema(_TIME_SCHEMA)]
PositiveTime = Annotated[
    Seconds, PlainValidator(_time), AfterValidator(_above_zero), WithJsonSchema(_TIME_SCHEMA)
]
Level = Annotated[
    Decibels,
    PlainValidator(_level),
    WithJsonSchema({"type": "string", "pattern": r"^[+-]?[0-9]{1,3}(\.[0-9]{1,3})?dB$"}),
]
Flag = Annotated[bool, BeforeValidator(_flag), WithJsonSchema({"type": "boolean"})]
Whole = Annotated[int, BeforeValidator(_whole), WithJsonSchema({"type": "integer", "minimum": 0})]
Decimal = Annotated[float, BeforeValidator(_decimal), WithJsonSchema({"type": "number"})]
Language = Annotated[
    str,
    PlainValidator(_language),
    WithJsonSchema({"type": "string", "pattern": f"^{TAG.pattern}$"}),
]
Name = Annotated[
    str, PlainValidator(_name), WithJsonSchema({"type": "string", "pattern": r"^[^./\\][^/\\]*$"})
]
Cycles = Annotated[
    tuple[int, int],
    PlainValidator(_cycles),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "integer", "minimum": 1},
                {"type": "string", "pattern": r"^[0-9]+(\.\.[0-9]+)?$"},
            ],
            "description": "Whole cycles, or a range that a session may be fitted within: `6..18`.",
        }
    ),
]
