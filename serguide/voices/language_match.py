"""Match a BCP 47 tag to one of a voice's languages."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from serguide.base.errors import VoiceError
from serguide.base.hints import Hint, remedies_of
from serguide.base.language import subtags
from serguide.base.nearest import nearest


def fallbacks(tag: str) -> Iterator[str]:
    """Yield a tag, then its shorter forms: `zh-Hant-TW`, `zh-Hant`, `zh`; in lower case.

    RFC 4647, section 3.4 (lookup): subtags fall off the end, and a single-character subtag
    falls off together with what it introduced.
    """
    parts = subtags(tag)
    while parts and parts[0]:
        yield "-".join(parts)
        parts.pop()
        if parts and len(parts[-1]) == 1:
            parts.pop()


def best_match(tag: str, available: Collection[str], preferred: Mapping[str, str]) -> str | None:
    """Return the available code that serves a tag best, or None.

    preferred: what stands for a tag that several codes, or none, would serve (`en`: `en-us`);
    in lower case. Codes are compared without regard to case.
    """
    codes = {code.lower(): code for code in available}
    for shorter in fallbacks(tag):
        wanted = preferred.get(shorter, shorter)
        if wanted in codes:
            return codes[wanted]
    return None


def unknown(what: str, given: str, choices: Iterable[str], hint: str) -> VoiceError:
    """Return the error for a name that is none of the choices, with the nearest of them.

    what: such as "voice" or "espeak language"; hint: the next step when nothing is near.
    """
    near = nearest(given, choices, most=3, cutoff=0.5)
    meant = f"Did you mean {' or '.join(f'`{match}`' for match in near)}? " if near else ""
    return VoiceError(f"There is no {what} `{given}`.", Hint(meant + hint, *remedies_of(hint)))
