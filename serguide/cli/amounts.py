"""Bit rates and sizes as people type them: `64k`, `15MB`."""

from __future__ import annotations

import re
from typing import Any, Final

import click

_RATE: Final = re.compile(r"(?i)([0-9]{1,4}) ?(k|kb/s|kbps|kbit/s)")
_SIZE: Final = re.compile(r"(?i)([0-9]{1,6}(?:[.,][0-9]{1,3})?) ?(k|m|g)b?")
_MANY: Final = {"k": 1_000, "m": 1_000_000, "g": 1_000_000_000}


class Kilobits(click.ParamType):
    """Take a bit rate; gives kilobits a second."""

    name = "rate"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return whole kilobits; fails for what has no unit."""
        if isinstance(value, int):
            return value
        found = _RATE.fullmatch(str(value).strip())
        if found is None:
            self.fail(f"{value!r} is no bit rate; write it like 64k", param, ctx)
        return int(found[1])


class Bytes(click.ParamType):
    """Take a size in kilobytes, megabytes or gigabytes of 1,000; gives bytes."""

    name = "size"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return bytes; fails for what has no unit, and for none at all."""
        if isinstance(value, int):
            return value
        found = _SIZE.fullmatch(str(value).strip())
        size = round(float(found[1].replace(",", ".")) * _MANY[found[2].lower()]) if found else 0
        if not size:
            self.fail(f"{value!r} is no size; write it like 15MB", param, ctx)
        return size
