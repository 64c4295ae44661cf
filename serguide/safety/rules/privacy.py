"""Rule on text that leaves this machine."""

from __future__ import annotations

from collections.abc import Iterator

from serguide.base.hints import Hint, Remedy
from serguide.safety.rule import Finding, rule
from serguide.safety.subject import Subject


@rule(
    "E127",
    "No client's name, words or diagnosis goes to an online voice.",
    why="What a client told a therapist is confidential, and in many places protected by law.",
    better=Hint(
        "An offline voice keeps it on this machine; or allow that it is sent, knowingly.",
        Remedy("voice", "espeak"),
        Remedy("allow_cloud"),
    ),
)
def on_its_way_out(subject: Subject) -> Iterator[Finding]:
    """Look at each sentence that an online voice would receive."""
    for track in subject.all_tracks:
        path = track.program.path
        spared = {id(s) for y in track.sayings if "caution" in y.means for s in y.sentences}
        for sentence in track.sentences:
            receiver = subject.context.sends_to(sentence)
            if receiver and sentence.private:
                yield Finding(
                    f"“{sentence.text}” is filled in, and would be sent to {receiver}",
                    sentence.origin, "say", path,
                )  # fmt: skip
        for word in track.wordings("E127"):
            part = word.part
            receiver = subject.context.sends_to(part)
            if receiver and not part.private and id(part) not in spared:
                yield Finding(
                    f"“{word.text}” is a diagnosis and would be sent to {receiver}",
                    part.origin, word.text, path,
                )  # fmt: skip
