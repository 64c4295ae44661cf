"""Languages that espeak can speak, from the files of its data; the library is not loaded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import espeakng_loader

from serguide.base.errors import VoiceError


@dataclass(frozen=True, slots=True)
class EspeakCatalogue:
    """Hold what the library can speak.

    languages: code (`en-us`) to name; files: code to the voice file that speaks it;
    timbres: what may follow a `+`, such as `f2`.
    """

    languages: dict[str, str]
    files: dict[str, str]
    timbres: tuple[str, ...]


@cache
def catalogue() -> EspeakCatalogue:
    """Return what the library can speak. Raises VoiceError when its data cannot be read."""
    data = Path(espeakng_loader.get_data_path())
    languages: dict[str, str] = {}
    files: dict[str, str] = {}
    try:
        for path in sorted(path for path in (data / "lang").rglob("*") if path.is_file()):
            code, name, dictionary = _head(path.read_text("utf-8").splitlines())
            # A few languages are listed whose dictionary is not part of the package.
            if code and (data / f"{dictionary}_dict").is_file():
                languages.setdefault(code, name)
                files.setdefault(code, path.relative_to(data / "lang").as_posix())
        timbres = tuple(sorted(path.name for path in (data / "voices" / "!v").iterdir()))
    except (OSError, UnicodeDecodeError) as error:
        raise VoiceError(
            f"espeak cannot read its data in {data}.",
            "Install it again: `pip install --force-reinstall espeakng-loader`.",
        ) from error
    return EspeakCatalogue(dict(sorted(languages.items())), files, timbres)


def _head(lines: Iterable[str]) -> tuple[str, str, str]:
    """Return the code, name and dictionary of a voice file: `language en-us 2` and the like.

    Of several languages the first is the voice's own; a dictionary that is not named is that of
    the primary language.
    """
    found: dict[str, str] = {}
    for line in lines:
        key, _, value = line.partition("//")[0].strip().partition(" ")
        if key in ("language", "name", "dictionary"):
            found.setdefault(key, value.strip())
    code = found.get("language", "").partition(" ")[0]
    dictionary = found.get("dictionary") or code.partition("-")[0]
    return code, found.get("name", code), dictionary
