"""The fifteen kinds of sentences that can hurt somebody who listens alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Kind:
    """Hold one kind: its name in the corpus, its code, and what a writer is told.

    title: what is warned of; short: the same in a message (“reads like …”); rules: the rules of
    the word lists that look for the same.
    """

    name: str
    code: str
    title: str
    short: str
    why: str
    better: str
    rules: frozenset[str] = frozenset()


KINDS: Final = (
    Kind(
        "command",
        "W201",
        "A sentence reads like an order, or like pressure to obey.",
        "an order",
        "Someone who was once overpowered hears the order first, and what it is about later.",
        "“You could let the hands lie still, or move them.” “Nothing has to be done.”",
        frozenset({"E105"}),
    ),
    Kind(
        "promise",
        "W202",
        "A sentence reads like a promise of what will come of listening.",
        "a promised outcome",
        "Where nothing changes, a promise turns into a failure of the listener.",
        "“You may feel lighter, or heavier, or the same.” “Some people find this restful.”",
        frozenset({"E108"}),
    ),
    Kind(
        "regression",
        "W203",
        "A sentence reads like a way back into memories, childhood or an earlier life.",
        "a way back into memories",
        "What is called up alone can flood a person, with nobody there to help.",
        "Stay with now: “You could notice the chair under you.” No going back is needed.",
        frozenset({"E106", "E110"}),
    ),
    Kind(
        "exposure",
        "W204",
        "A sentence reads like being sent into pain, fear or a wound, and kept there.",
        "being sent into pain or fear",
        "Going into it without somebody beside you repeats it more often than it mends it.",
        "“You could notice it from as far away as you like, and go back to your hands.”",
        frozenset({"E106", "E110"}),
    ),
    Kind(
        "medical",
        "W205",
        "A sentence reads like a claim to heal, cleanse or treat.",
        "a medical claim",
        "It is untrue of a recording, and keeps people from a doctor.",
        "“Some people find this calming.” “Please ask your doctor about the pain.”",
        frozenset({"E109"}),
    ),
    Kind(
        "diagnosis",
        "W206",
        "A sentence reads like being told what a feeling or symptom is or means.",
        "an interpretation",
        "A recording cannot know what a feeling means, and a wrong meaning stays.",
        "“You may notice something, or nothing.” “There is no need to find out why.”",
        frozenset({"E107"}),
    ),
    Kind(
        "blame",
        "W207",
        "A sentence reads like laying the blame on the listener.",
        "blame",
        "Many who listen have been told often enough that it is their own doing.",
        "“There is no right or wrong way to do this.” "
        "“It is nobody's fault if this does not fit today.”",
    ),
    Kind(
        "guilt",
        "W208",
        "A sentence reads like guilt, a debt, secrecy, or dependence on the recording.",
        "guilt or dependence",
        "Whoever feels indebted stays for that reason, and does not say when it hurts.",
        "“You can stop using this whenever you like, and tell anybody about it.”",
    ),
    Kind(
        "time-pressure",
        "W209",
        "A sentence reads like hurry, a deadline or a last chance.",
        "time pressure",
        "Hurry tightens what was to ease, and a missed moment becomes a failure.",
        "“There is no hurry.” “It can also be another day.”",
    ),
    Kind(
        "forced-breath",
        "W210",
        "A sentence reads like forced, big, fast or held breathing.",
        "forced breathing",
        "Forcing the breath makes people dizzy and afraid; for some it is dangerous.",
        "“The breath can go as it likes.” “Leave the count whenever you want.”",
        frozenset({"E114"}),
    ),
    Kind(
        "attachment",
        "W211",
        "A sentence reads like a voice that is parent, lover or saviour.",
        "a voice that holds on to the listener",
        "A recording cannot be there for anyone, and for some this was how harm began.",
        "“I will be quiet for a while.” “If you would like company, you could call someone.”",
    ),
    Kind(
        "spiritual",
        "W212",
        "A sentence reads like spiritual pressure: karma, a curse, what a higher power demands.",
        "spiritual pressure",
        "Fear of powers that punish cannot be argued with, least of all alone.",
        "“If prayer is yours, there is room for it here. If not, there is the quiet.”",
    ),
    Kind(
        "suppression",
        "W213",
        "A sentence reads like being told not to feel.",
        "being told not to feel",
        "Feelings that are forbidden do not go; they go where nobody can help with them.",
        "“Whatever you feel can be here, and you can put it down for a while if you like.”",
    ),
    Kind(
        "dissociation",
        "W214",
        "A sentence reads like leaving the body, dissolving, or nothing being real.",
        "leaving the body",
        "Some people drift off without being asked to, and do not find back easily.",
        "“You could feel where your back meets the chair.” “You are here, in this room.”",
    ),
    Kind(
        "body-shame",
        "W215",
        "A sentence reads like shame about the body.",
        "shame about the body",
        "Shame is what many bring along; a voice that shares it makes it true.",
        "“Your back, as it is today, and the chair under it.”",
    ),
)  # fmt: skip
"""Every kind, in the order of its code."""

BY_NAME: Final = {kind.name: kind for kind in KINDS}
