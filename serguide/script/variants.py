"""The same script in another language: `five-to-one-cs` stands beside `five-to-one`."""

from __future__ import annotations


def in_language(name: str, language: str) -> str:
    """Return the name that a script has in a language (BCP 47): `five-to-one-cs`."""
    return f"{name}{_suffix(language)}"


def without_language(name: str, language: str) -> str:
    """Return the name that a script has in every language, without its language's suffix."""
    return name.removesuffix(_suffix(language))


def _suffix(language: str) -> str:
    return f"-{language.partition('-')[0].lower()}"
