"""Rule on text that leaves this machine."""

from __future__ import annotations

from collections.abc import Iterator

from serguide.base.hints import Hint, Remedy
from serguide.safety.lexicon import found
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
        for saying in track.sayings:
            for sentence in saying.sentences:
                receiver = subject.context.sends_to(sentence)
                if receiver is None:
                    continue
                path = track.program.path
                if sentence.private:
                    yield Finding(
                        f"“{sentence.text}” is filled in, and would be sent to {receiver}",
                        sentence.origin, "say", path,
                    )  # fmt: skip
                elif "caution" not in saying.means:
                    for hit in found("E127", sentence.language, sentence.text):
                        yield Finding(
                            f"“{hit.text}” is a diagnosis and would be sent to {receiver}",
                            sentence.origin, hit.text, path,
                        )  # fmt: skip
