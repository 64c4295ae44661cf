from __future__ import annotations

import json

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft7Validator

from serguide.cli.group import cli
from serguide.script.json_schema import json_schema
from serguide.script.library import builtin_library

SHIPPED = builtin_library().scripts
DRAFT_7 = {
    "$schema", "$defs", "$ref", "additionalProperties", "anyOf", "const", "default",
    "description", "enum", "items", "maximum", "maxItems", "maxProperties", "minItems", "minLength",
    "minProperties", "minimum", "oneOf", "pattern", "patternProperties", "properties",
    "propertyNames", "required", "title", "type",
}  # fmt: skip
"""Keywords that an editor's YAML server reads as draft 7 has them."""


def validator(of=None):
    return Draft7Validator(json_schema(of))


def keywords(schema):
    """Yield every keyword of a schema; names of properties are not keywords."""
    for key, value in schema.items():
        yield key, schema
        if key in ("properties", "$defs", "patternProperties"):
            for inner in value.values():
                yield from keywords(inner)
        elif key in ("anyOf", "oneOf"):
            for inner in value:
                yield from keywords(inner)
        elif key in ("items", "additionalProperties", "propertyNames") and isinstance(value, dict):
            yield from keywords(value)


@pytest.mark.parametrize("of", ["script", "session", None])
def test_the_schema_is_one_of_draft_7(of):
    schema = json_schema(of)
    Draft7Validator.check_schema(schema)
    found = list(keywords(schema))
    assert {key for key, _ in found} <= DRAFT_7
    # Draft 7 reads nothing that stands beside $ref; what constrains must not stand there.
    beside = {key for _, owner in found if "$ref" in owner for key in owner}
    assert beside <= {"$ref", "description", "default", "title"}


@pytest.mark.parametrize("of", ["script", "session", None])
def test_the_command_prints_it(of):
    done = CliRunner(mix_stderr=False).invoke(cli, ["schema", *([of] if of else [])])
    assert done.exit_code == 0
    assert json.loads(done.stdout) == json_schema(of)


@pytest.mark.parametrize("name", SHIPPED)
def test_everything_shipped_is_valid(name):
    data = yaml.safe_load(SHIPPED[name].read_text(encoding="utf-8"))
    assert list(validator().iter_errors(data)) == []
    own, other = ("session", "script") if "steps" in data else ("script", "session")
    assert list(validator(own).iter_errors(data)) == []
    assert list(validator(other).iter_errors(data)) != []


SCRIPT = {"title": "T", "kind": "relaxation", "cues": [{"say": "Here."}]}
SESSION = {"title": "T", "steps": ["arriving-here"]}


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"soundscape": "none"},
        {"soundscape": {"name": "rain", "level": "-22dB"}},
        {"values": {"name": "", "room": 12}},
        {"cues": [{"pause": 6}, {"rest": "1m30s"}, {"rest": {"for": "40s", "max": "90s"}}]},
        {"cues": [{"breathe": {"in": "4s", "out": 6, "cycles": "6..18", "guide": "tone"}}]},
        {"cues": [{"sound": "bowl", "volume": "-3dB"}, {"include": "coming-back"}]},
    ],
)
def test_what_the_language_takes_is_valid(change):
    assert list(validator().iter_errors({**SCRIPT, **change})) == []


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "relaxing"},
        {"titel": "T"},
        {"title": ""},
        {"language": "english please"},
        {"cues": []},
        {"cues": [{"sya": "Here."}]},
        {"cues": [{"say": "Here.", "pause": "3s"}]},
        {"cues": [{"pause": "3 seconds"}]},
        {"cues": [{"pause": -3}]},
        {"cues": [{"rest": {"max": "9s"}}]},
        {"cues": [{"breathe": {"in": "4s", "out": "6s"}}]},
        {"cues": [{"breathe": {"in": "4s", "out": "6s", "cycles": 0}}]},
        {"cues": [{"include": "../secret"}]},
        {"soundscape": {"level": "-22dB"}},
        {"soundscape": {"name": "rain", "level": -22}},
    ],
)
def test_what_the_language_refuses_is_not(change):
    assert list(validator().iter_errors({**SCRIPT, **change})) != []


@pytest.mark.parametrize(
    "change",
    [
        {"ending": "awake"},
        {"steps": []},
        {"steps": [{"a": {}, "b": {}}]},
        {"steps": [{"a": {"lenght": "6m"}}]},
        {"kind": "session"},
    ],
)
def test_wrong_sessions_are_not_valid(change):
    assert list(validator().iter_errors(SESSION)) == []
    assert list(validator().iter_errors({**SESSION, **change})) != []


def test_defaults_are_told_as_a_file_would_say_them():
    breath = json_schema()["$defs"]["Breath"]["properties"]
    assert breath["hold"]["default"] == "0s"
    spec = json_schema()["$defs"]["SoundscapeSpec"]["properties"]
    assert spec["level"]["default"] == "-22dB"
