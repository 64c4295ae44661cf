"""Table of the language check's codes: subject and usual mend of each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from serguide.base.hints import Hint, Remedy

LANGUAGE_CODES: Final[Mapping[str, tuple[str, str]]] = {
    "L001": (
        "the file cannot be read: missing, a folder, too large, no permission",
        "check the path",
    ),
    "L002": (
        "the file is not saved as UTF-8, or begins with a byte order mark",
        "save it as “UTF-8”",
    ),
    "L003": (
        "the text is not YAML: a quote, colon or bracket out of place",
        "put double quotes around the text",
    ),
    "L004": ("a line is indented with a tab", "indent with two spaces a level"),
    "L005": (
        "a word that begins with `!` is a YAML tag; nothing in a file is ever run",
        "put quotes around it",
    ),
    "L006": (
        "`&name`, `*name` and `<<` repeat parts of a file",
        "write it out, or `include` a script",
    ),
    "L007": ("too deep, too many entries, or includes that multiply", "split it, include less"),
    "L008": ("the same key twice", "delete one"),
    "L009": ("a key that is no text, or a second document", "see the message"),
    "L010": ("the wrong shape: a list, a text or keys were expected here", "see the message"),
    "L011": ("a key that is not known here", "the hint names the nearest"),
    "L012": ("a key is missing", "add it"),
    "L013": ("a cue that is not known, or two in one", "begin each with a dash of its own"),
    "L014": ("a word that is not among the choices", "the hint names the nearest"),
    "L015": ("not a time", "`500ms`, `6s`, `1m30s`, `20m`, or a number of seconds"),
    "L016": ("not a level", "`-22dB`"),
    "L017": ("not a number, or neither true nor false", "see the message"),
    "L018": ("out of range, or bounds out of order", "see the message"),
    "L020": (
        "a bracket inside a text that means nothing, or a text without a word",
        "`[[` and `{{` are literal",
    ),
    "L021": ("a placeholder without a value and without a default", "add it under `values:`"),
    "L022": ("an include that is not there, or is a session", "the hint names the nearest"),
    "L023": ("includes that go round in a circle, or too deep", "take one out"),
    "L024": (
        "a path where a name should be; nothing outside the libraries is ever read",
        "write the name alone",
    ),
    "L025": (
        "a soundscape that is not there",
        Hint("one that the libraries hold", Remedy("soundscapes")),
    ),
    "L026": ("a one-shot that is not there", "bowl, bell, woodblock, chime"),
    "L027": ("a voice that is not there", Hint("one that is here", Remedy("voices"))),
    "L028": (
        "a session's step, or its ground track, that is not there or is a session",
        Hint("one that the libraries hold", Remedy("names")),
    ),
    "L029": ("not a language tag", "`en`, `en-GB`, `cs`"),
    "L030": (
        "a guide word takes longer than its phase of the breath",
        "a longer phase, or `guide: tone`",
    ),
    "L031": ("no guide words for the language", "`guide: tone`, and a `say:` before it"),
    "L032": ("two files of one library have the same name", "rename one"),
    "L033": (
        "a text with ` #` in it, without quotes: YAML would drop what follows",
        "double quotes around the whole text",
    ),
    "L034": (
        "a stage direction, such as `(pause 10 seconds)`, or a sign of HTML's would be spoken",
        "`[10s]` in the text, or a cue of its own; the sign that is meant",
    ),
    "L035": ("a cue inside a text would be spoken", "its dash under the dash of the `say`"),
    "L036": ("quotation marks around a whole text", "take them out"),
    "L037": (
        "a control character, or one that turns the direction of text",
        "delete it, type the text anew",
    ),
    "L038": (
        "a pronunciation that cannot be read: an unknown sign, or a slash that is missing",
        "IPA between slashes, `Zoë: /ˈzəʊi/`, or a respelling, `psoas: SO-as`",
    ),
    "L090": ("a soundscape recipe is wrong", "see the message"),
    "L091": ("a recorded voice's voice.yaml is wrong", "see the message and docs/recordings.md"),
}
"""Code to (about, usual mend); docs/problems.md is made of it."""
