"""Split text into sentences.

Every character of the text is in exactly one sentence (white space between them aside): a wrong
guess moves a boundary, it never loses a word.
"""

from __future__ import annotations

import re

from serguide.base.language import primary

# A full stop ends a sentence unless it ends one of these.
_ABBREVIATIONS = {
    "en": "dr mr mrs ms prof st no vs etc e.g i.e approx a.m p.m",
    "de": "dr prof hr fr nr st z.b d.h u.a usw bzw ca evtl ggf vgl inkl",
    "cs": "dr mgr ing mudr phdr č tj tzn např atd apod resp sv p",
    "sk": "dr mgr ing mudr phdr č tj tzn napr atď pod resp sv p",
    "fr": "dr m mme mlle st ste etc env p.ex c.-à-d",
    "es": "dr dra sr sra srta etc p.ej ud uds",
    "it": "dr dott sig sig.ra ecc p.es",
    "pl": "dr prof np itd itp tj ok m.in",
    "nl": "dr dhr mevr bijv enz d.w.z",
    "pt": "dr dra sr sra etc p.ex",
    "hu": "dr pl stb kb ill",
}
# Languages that write ordinals with a full stop: `am 3. Mai`.
_ORDINAL_DOT = {"de", "cs", "sk", "pl", "hu", "da", "nb", "no", "fi", "et", "hr", "sl", "sr", "tr"}

_END = re.compile(
    r"(?<![.!?…؟۔।॥։])[.!?…؟۔।॥։]+(?:[\"'”’»«)\]]|\s»)*(?=[\s\ufdd0\ufdd1])[\ufdd1]?\s+|[。！？｡]+[」』”’）]*[\ufdd1]?\s*"
)
_LAST_WORD = re.compile(r"(\S+?)[.…]+[\"'”’»)\]]*[\ufdd1]?\s*$")

_NEAR = 80
"""Characters around a full stop that tell whether it ends a sentence."""


def split_sentences(text: str, language: str) -> list[str]:
    """Cut a text into sentences; language: BCP 47."""
    base = primary(language)
    abbreviations = set(_ABBREVIATIONS.get(base, "").split())
    sentences: list[str] = []
    start = 0
    for found in _END.finditer(text):
        end = found.end()
        near = text[max(start, end - _NEAR) : end], text[end : end + _NEAR]
        if end < len(text) and _goes_on(*near, base, abbreviations):
            continue
        sentences.append(text[start:end].strip())
        start = end
    if text[start:].strip():
        sentences.append(text[start:].strip())
    return sentences


def _goes_on(before: str, after: str, base: str, abbreviations: set[str]) -> bool:
    follows = next((char for char in after if char.isalnum()), "")
    if follows.islower():
        return True
    last = _LAST_WORD.search(before)
    if not last:
        return False
    word = last[1].strip("\"'“”‘’«»([\ufdd0\ufdd1").casefold()
    if word in abbreviations or (re.fullmatch(r"[^\W\d_]", word) and _is_initial(last[1], base)):
        # A title or an initial: `Dr. Upledger`, `J. Upledger`; but `etc.` may end a sentence,
        # and then a capital follows, which here reads as a name: the boundary moves, no more.
        return True
    return base in _ORDINAL_DOT and word.isdigit() and len(word) <= 2


def _is_initial(word: str, base: str) -> bool:
    return word[-1].isupper() and not (base == "en" and word[-1] == "I")
