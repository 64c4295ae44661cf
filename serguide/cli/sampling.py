"""Sample of a sound for `voices --say` and `soundscapes --sample`: a WAV with -o, else played."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from serguide.base.errors import SoundError, UsageError
from serguide.cli.printing import out

if TYPE_CHECKING:
    from serguide.audio.types import Block


def checked_target(path: Path | None, given_with: str, *, wanted: bool) -> None:
    """Raise UsageError for -o with another ending than .wav, or without what it belongs to."""
    if path is None:
        return
    if not wanted:
        raise UsageError("-o says where a sample goes, and none is asked for", f"add {given_with}")
    if path.suffix.lower() != ".wav":
        raise UsageError(f"-o {path}: a sample is a WAV", f"write `-o {path.stem or 'sample'}.wav`")


def hear(blocks: Iterable[Block], channels: int, target: Path | None) -> None:
    """Write a sample to a file and print its path, or play it. Raises SoundError."""
    from serguide.player.audio.sample import play_sample, write_sample

    if target is not None:
        write_sample(blocks, channels, target)
        out(str(target))
        return
    try:
        play_sample(blocks, channels)
    except SoundError as error:
        raise SoundError(
            error.message, "write it to a file instead: add `-o sample.wav`"
        ) from error
