"""Tell how much of a session is in a recorded voice, and which sentences are not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from serguide.voices.recorded.recorded_share import RecordedShare


def share_data(share: RecordedShare) -> dict[str, Any]:
    """Return a share as data for programs."""
    return {
        "voice": share.voice,
        "otherwise": share.otherwise,
        "sentences": share.sentences,
        "recorded": share.recorded,
        "others": [
            {
                "script": each.script,
                "line": each.line,
                "text": each.text,
                "state": each.state,
                "why": each.why,
            }
            for each in share.others
        ],
    }


def share_lines(share: RecordedShare) -> Iterator[str]:
    """Yield a share in lines for a person: the count, then each sentence with its place."""
    yield share.told()
    for each in share.others:
        yield f"    {each.script}:{each.line}: {each.text} ({each.why})"
