"""Lengths in words, for `{quiet}` and `{minutes}`: “about half a minute”, “twenty minutes”.

English, German, Czech and Slovak say them in words of their own; every other language gets
number and unit by Unicode CLDR, which voices read well.
"""

from __future__ import annotations

from typing import Final

from serguide.base.language import primary

_FEW: Final = 3
_NOMINAL: Final = (_FEW, 10, 15, 20, 30, 45, 60, 90)
"""Seconds that have words of their own; above, whole minutes."""

_SLACK: Final = 1.28
"""A phrase stays true while the silence is within this factor of what it says."""

_QUIET: Final = {
    "en": (
        "a few seconds",
        "about ten seconds",
        "about fifteen seconds",
        "about twenty seconds",
        "about half a minute",
        "about three quarters of a minute",
        "about a minute",
        "about a minute and a half",
    ),
    "de": (
        "ein paar Sekunden",
        "etwa zehn Sekunden",
        "etwa fünfzehn Sekunden",
        "etwa zwanzig Sekunden",
        "etwa eine halbe Minute",
        "etwa eine Dreiviertelminute",
        "etwa eine Minute",
        "etwa anderthalb Minuten",
    ),
    "cs": (
        "několik sekund",
        "asi deset sekund",
        "asi patnáct sekund",
        "asi dvacet sekund",
        "asi půl minuty",
        "asi tři čtvrtě minuty",
        "asi minutu",
        "asi minutu a půl",
    ),
    "sk": (
        "niekoľko sekúnd",
        "asi desať sekúnd",
        "asi pätnásť sekúnd",
        "asi dvadsať sekúnd",
        "asi pol minúty",
        "asi trištvrte minúty",
        "asi minútu",
        "asi minútu a pol",
    ),
}

_ABOUT: Final = {"en": "about", "de": "etwa", "cs": "asi", "sk": "asi"}

_WHILE: Final = {"en": "a while", "de": "eine Weile", "cs": "chvíli", "sk": "chvíľu"}
"""True of every silence, for those that no phrase fits in the end."""

_ONES: Final = {
    "en": "one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen",
    "de": "eine zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn "
    "fünfzehn sechzehn siebzehn achtzehn neunzehn",
    "cs": "jednu dvě tři čtyři pět šest sedm osm devět deset jedenáct dvanáct třináct čtrnáct "
    "patnáct šestnáct sedmnáct osmnáct devatenáct",
    "sk": "jednu dve tri štyri päť šesť sedem osem deväť desať jedenásť dvanásť trinásť štrnásť "
    "pätnásť šestnásť sedemnásť osemnásť devätnásť",
}
_TENS: Final = {
    "en": "twenty thirty forty fifty",
    "de": "zwanzig dreißig vierzig fünfzig",
    "cs": "dvacet třicet čtyřicet padesát",
    "sk": "dvadsať tridsať štyridsať päťdesiat",
}
_MINUTES: Final = {
    "en": ("minute", "minutes", "minutes"),
    "de": ("Minute", "Minuten", "Minuten"),
    "cs": ("minutu", "minuty", "minut"),
    "sk": ("minútu", "minúty", "minút"),
}
"""Of one, of two to four, of more; in the case that “for … minutes” wants."""


def quiet_words(seconds: float, language: str, said: str = "") -> str:
    """Return the length of a silence in words.

    said: what was said of it so far, kept while it is still true, so that a sentence and the
    silence that it announces settle.
    """
    phrases = [(nominal, _quiet(nominal, language)) for nominal in _NOMINAL]
    whole = max(2, round(seconds / 60))
    phrases += [(60 * n, _quiet(60 * n, language)) for n in range(max(2, whole - 1), whole + 2)]
    for nominal, phrase in phrases:
        if phrase == said and nominal / _SLACK <= seconds <= nominal * _SLACK:
            return said
    if seconds < _NOMINAL[1] / _SLACK:
        return phrases[0][1]
    return min(phrases[1:], key=lambda each: abs(each[0] - seconds) / each[0])[1]


def minutes_words(seconds: float, language: str, said: str = "") -> str:
    """Return a length in whole minutes, in words; said: as for quiet_words."""
    whole = max(1, round(seconds / 60))
    for near in (whole - 1, whole + 1):
        if near > 0 and _counted(near, language) == said and abs(seconds / 60 - near) <= 0.75:
            return said
    return _counted(whole, language)


def while_words(language: str) -> str:
    """Return words that are true of every silence."""
    return _WHILE.get(primary(language), _WHILE["en"])


def _quiet(nominal: int, language: str) -> str:
    base = primary(language)
    if base not in _QUIET:
        return _by_cldr(nominal, language)
    if nominal in _NOMINAL:
        return _QUIET[base][_NOMINAL.index(nominal)]
    return f"{_ABOUT[base]} {_counted(nominal // 60, language)}"


def _counted(minutes: int, language: str) -> str:
    base = primary(language)
    if base not in _MINUTES or minutes >= 60:
        return _by_cldr(60 * minutes, language)
    one, few, many = _MINUTES[base]
    unit = one if minutes == 1 else few if minutes < 5 else many
    return f"{_number(minutes, base)} {unit}"


def _number(number: int, base: str) -> str:
    ones, tens = _ONES[base].split(), _TENS[base].split()
    if number < 20:
        return ones[number - 1]
    ten, one = divmod(number, 10)
    word = tens[ten - 2]
    if not one:
        return word
    if base == "de":
        return f"{'ein' if one == 1 else ones[one - 1]}und{word}"
    if base == "en":
        return f"{word}-{ones[one - 1]}"
    # After tens Czech and Slovak count one and two in their plain forms.
    plain = {"cs": {1: "jedna", 2: "dva"}, "sk": {1: "jeden", 2: "dva"}}[base]
    return (
        f"{word} {plain.get(one, ones[one - 1])}"
        if base == "cs"
        else (f"{word}{plain.get(one, ones[one - 1])}")
    )


def _by_cldr(seconds: int, language: str) -> str:
    from serguide.base.cldr import length_in_units  # Babel takes a while to load, and few need it

    return length_in_units(language, seconds)
