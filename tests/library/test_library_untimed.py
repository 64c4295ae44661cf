"""No script or session says a fixed length of itself: what is fitted would make it untrue."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from library_measures import LIBRARIES, is_session, path_of

from serguide.script.program import Chapter, Rest, Spoken
from serguide.script.reading import read_source
from serguide.script.resolve import resolve
from serguide.script.text import QUIET
from serguide.voices.speakable_names import KNOWN

UNIT = re.compile(
    r"\b(?:seconds?|minutes?|hours?"
    r"|\w*sekunden?|\w*minuten?|\w*stunden?"
    r"|vteřin\w*|sekund\w*|sekúnd\w*|minut\w*|minút\w*|hodin\w*|hodín)\b",
    re.IGNORECASE,
)
"""Units of time in the four languages."""

BREATH = "of a breath: it is paced to the sample"
INDEFINITE = "it states no number"
PICTURE = "of a picture or of a day, and not of this recording"
NAME = "the name of a session that is made to be as long"

TRUE = {
    # of breaths
    "four seconds in, six seconds out": BREATH,
    "three seconds in and five out": BREATH,
    "three seconds in and four seconds out": BREATH,
    "holds of four seconds": BREATH,
    "holds the breath for four seconds": BREATH,
    "about six breaths a minute": BREATH,
    "about six to the minute": BREATH,
    "six a minute": BREATH,
    "vier sekunden ein, sechs sekunden aus": BREATH,
    "drei sekunden ein und fünf aus": BREATH,
    "drei sekunden ein und vier sekunden aus": BREATH,
    "sechs atemzüge in der minute": BREATH,
    "sechsmal in der minute": BREATH,
    "sechs in der minute": BREATH,
    "čtyři vteřiny dovnitř, šest vteřin ven": BREATH,
    "tři vteřiny dovnitř a čtyři ven": BREATH,
    "šest dechů za minutu": BREATH,
    "šestkrát za minutu": BREATH,
    "štyri sekundy dnu, šesť sekúnd von": BREATH,
    "tri sekundy dnu a štyri von": BREATH,
    "šesť dychov za minútu": BREATH,
    "šesťkrát za minútu": BREATH,
    "squeezed for five seconds": "of an exact pause, which is not fitted",
    # of no length
    "these few minutes": INDEFINITE,
    "a few minutes": INDEFINITE,
    "some minutes": INDEFINITE,
    "these minutes": INDEFINITE,
    "for the minutes after": INDEFINITE,
    "diese paar minuten": INDEFINITE,
    "diesen paar minuten": INDEFINITE,
    "pár minut": INDEFINITE,
    "pár minút": INDEFINITE,
    "in this minute": INDEFINITE,
    "in dieser minute": INDEFINITE,
    "this hour": INDEFINITE,
    "the hour, roughly": INDEFINITE,
    "count the hours": INDEFINITE,
    "the next hour": INDEFINITE,
    "for one second": INDEFINITE,
    "the second": "the second of several",
    "a second one": "the second of several",
    "a second cup": "the second of several",
    "a second skin": "the second of several",
    # of something else
    "stood for five minutes": PICTURE,
    "ten minutes in the new street": PICTURE,
    "different in an hour": PICTURE,
    # names
    "three minutes for right now": NAME,
    "drei minuten für jetzt": NAME,
    "tři minuty, když je toho moc": NAME,
    "tri minúty, keď je toho priveľa": NAME,
    "five-minute reset": NAME,
    "fünf minuten zwischendurch": NAME,
}
"""Phrases that stay true whatever a session is fitted to, and why."""

NAMES = sorted(LIBRARIES.names())


def written(name: str) -> Iterator[str]:
    """Yield what a listener hears or reads of a script or session."""
    model = read_source(path_of(name)).model
    yield from (model.title, model.about or "")
    if is_session(name):
        return
    program = resolve(path_of(name), LIBRARIES, KNOWN)
    for item in (item for track in program.tracks for item in track.items):
        if isinstance(item, Spoken | Chapter):
            yield item.text if isinstance(item, Spoken) else item.title


def untimed(text: str) -> str:
    """Return a text without the phrases that stay true."""
    text = " ".join(text.lower().split())
    for phrase in sorted(TRUE, key=len, reverse=True):
        text = re.sub(rf"\b{re.escape(phrase)}\b", "", text)
    return text


@pytest.mark.parametrize("name", NAMES)
def test_no_fixed_length_is_spoken_or_written(name):
    assert [text for text in written(name) if UNIT.search(untimed(text))] == []


@pytest.mark.parametrize(
    "text",
    ["I will be quiet for about half a minute.", "These six minutes are yours.",
     "Ich bin eine halbe Minute still.", "Eine Dreiviertelminute.", "Budu mlčet asi půl minuty.",
     "Budem ticho asi pol minúty.", "Twenty seconds.", "Na tři vteřiny.", "Na päť sekúnd.",
     "Eine Viertelstunde für Sie.", "Hodina klidu."],
)  # fmt: skip
def test_a_fixed_length_is_found(text):
    assert UNIT.search(untimed(text))


def test_every_exception_is_needed():
    library = " ".join(" ".join(" ".join(written(name)).lower().split()) for name in NAMES)
    assert [phrase for phrase in TRUE if phrase not in library] == []


@pytest.mark.parametrize("name", [name for name in NAMES if not is_session(name)])
def test_a_silence_whose_length_is_said_is_announced(name):
    """`{quiet}` is said of the rest that comes next, before anything else of another cue."""
    program = resolve(path_of(name), LIBRARIES, KNOWN)
    for track in program.tracks:
        for index, item in enumerate(track.items):
            if isinstance(item, Spoken) and QUIET in item.text:
                after = [each for each in track.items[index:] if not _same_cue(item, each)]
                assert isinstance(after[0], Rest), item.text
                assert after[0].announced, item.text


def _same_cue(item: Spoken, other: object) -> bool:
    return not isinstance(other, Rest | Chapter) and getattr(other, "cue", item.cue) == item.cue


def test_placeholders_are_used_in_every_language():
    used = {
        read_source(path_of(name)).model.language
        for name in NAMES
        if "{quiet}" in path_of(name).read_text(encoding="utf-8")
    }
    assert used == {"en", "cs", "sk", "de"}
