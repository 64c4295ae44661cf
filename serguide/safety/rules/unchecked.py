"""Rules that name what the check itself cannot see, and beats that nobody asks for."""

from __future__ import annotations

from collections.abc import Iterator

from serguide.base.hints import Hint, Remedy
from serguide.base.language import primary
from serguide.base.nearest import nearest
from serguide.safety.beats import ALIASES, BEATS
from serguide.safety.lexicon import lexicon_of
from serguide.safety.rule import Finding, rule
from serguide.safety.subject import Subject


@rule(
    "W130",
    "The words of a language without lists are not checked.",
    why="Rules about wording need lists of words; without them a script is unchecked, not safe.",
    better='Have someone who speaks the language read it, then say so: `allow: {W130: "who '
    'has read it"}`. State `beats:`, which are read in every language.',
)
def unchecked_language(subject: Subject) -> Iterator[Finding]:
    """Look at each language that is spoken, and at which rules have words for it."""
    seen = set()
    for track in subject.all_tracks:
        for language in dict.fromkeys(sentence.language for sentence in track.sentences):
            base = primary(language)
            missing = [code for code in _WORDED if not _covers(language, code)]
            if base in seen or not missing:
                continue
            seen.add(base)
            what = "" if len(missing) == len(_WORDED) else f" for {', '.join(missing)}"
            yield Finding(
                f"the wording is unchecked{what}: there are no lists for the language “{language}”",
                track.origin, "language", track.program.path,
            )  # fmt: skip


_WORDED = ("E103", "E105", "E106", "E107", "E108", "E109", "E110", "E122", "E125", "W126", "E127")
"""Rules that look for words."""


def _covers(language: str, code: str) -> bool:
    lexicon = lexicon_of(language)
    return lexicon is not None and lexicon.covers(code)


@rule(
    "W131",
    "Every beat is one that the check knows.",
    why="A beat with a slip in it counts for nothing, and a rule that it meets is reported.",
    better="Known beats: " + ", ".join(sorted(BEATS)) + ".",
)
def known_beats(subject: Subject) -> Iterator[Finding]:
    """Look at the beats of every cue."""
    for track in subject.all_tracks:
        for saying in track.sayings:
            for beat in dict.fromkeys(b for s in saying.sentences for b in s.beats):
                if beat in BEATS or beat in ALIASES:
                    continue
                near = nearest(beat, BEATS)
                hint = f"; did you mean `{near[0]}`?" if near else ""
                yield Finding(
                    f"“{beat}” is not a beat{hint}", saying.origin, beat, track.program.path
                )


def _none(_: Subject) -> Iterator[Finding]:
    """Find nothing: these are about waivers and the call, and are found there."""
    return iter(())


rule(
    "E130",
    "`supervision: therapist` renders only with the therapist's name.",
    why="Somebody who knows the client has to answer for it; their name goes with the bundle.",
    better=Hint("Name the therapist.", Remedy("supervised_by", '"Dr. Jana Nováková"')),
    waivable=False,
)(_none)
rule(
    "E132",
    "Rules that protect life and limb cannot be waived.",
    why="No reason outweighs them in what people hear alone.",
    better="Mend what the rule found, and delete the entry of `allow`.",
    waivable=False,
)(_none)
rule(
    "W133",
    "`allow` names a rule that there is.",
    why="A waiver with a slip in it waives nothing.",
    better=Hint("Correct the code.", Remedy("codes")),
    waivable=False,
)(_none)
rule(
    "W134",
    "`allow` waives something that happens.",
    why="A waiver that is no longer needed hides the next thing of its kind.",
    better="Delete the entry.",
    waivable=False,
)(_none)
