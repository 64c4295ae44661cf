"""Kokoro's styles: an npz holds one array a style; each is kept as a file of raw numbers."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from serguide.base.errors import VoiceError

SHAPE: Final = (510, 1, 256)
"""By number of tokens, one, by dimension of the style."""

STYLE_BYTES: Final = 510 * 256 * 4
SUFFIX: Final = ".bin"


def style_file(style: str) -> str:
    """Return the name of a style's file."""
    return style + SUFFIX


def styles_in(archive: Path) -> Iterator[tuple[str, bytes]]:
    """Yield each style of an npz, its name and raw little-endian float32 of SHAPE.

    Raises VoiceError for a file that is something else.
    """
    import numpy as np  # only when a voice is installed

    try:
        with np.load(archive, allow_pickle=False) as arrays:
            for name in sorted(arrays.files):
                style = arrays[name]
                good = style.shape == SHAPE and np.isfinite(style).all()
                if not good or not name.replace("_", "").isalnum():
                    raise VoiceError(f"{archive} holds something that is no style: {name}.")
                yield name, np.ascontiguousarray(style, dtype="<f4").tobytes()
    except (OSError, ValueError, zipfile.BadZipFile) as error:
        raise VoiceError(f"{archive} holds no styles: {error}.") from error
