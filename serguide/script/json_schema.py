"""JSON Schema of scripts and sessions, for completion and checks in editors.

Editors' YAML servers read draft 7 well, and later drafts in part; what pydantic writes for these
models stays within draft 7 (`$defs` is an ordinary place to point at).
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Literal

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from serguide.base.units import format_time
from serguide.script.models import Script, Session

DRAFT = "http://json-schema.org/draft-07/schema#"


def json_schema(of: Literal["script", "session"] | None = None) -> dict[str, Any]:
    """Return the schema of a script or of a session; of both in one, for any file, when None."""
    models: Any = {"script": Script, "session": Session, None: Script | Session}[of]
    body = TypeAdapter(models).json_schema(by_alias=True, schema_generator=_AsWritten)
    title = f"serguide {of}" if of else "serguide script or session"
    return {"$schema": DRAFT, **body, "title": title}


class _AsWritten(GenerateJsonSchema):
    """Write defaults the way a file would: `6s`, `-22dB`."""

    def encode_default(self, dft: Any) -> Any:
        return format_time(dft) if isinstance(dft, Fraction) else super().encode_default(dft)

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        written = super().default_schema(schema)
        default = written.get("default")
        if isinstance(default, float) and written.get("type") == "string":
            written["default"] = f"{default:g}dB"
        if default is None:
            written.pop("default", None)
        return written
