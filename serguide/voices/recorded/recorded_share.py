"""Count what of a session a person has recorded, and name what another voice speaks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from serguide.base.errors import VoiceError
from serguide.script.program import Spoken
from serguide.timeline.model import SessionTimeline
from serguide.voices.base import Voice
from serguide.voices.recorded.recorded_voice import RecordedVoice, SentenceState


@dataclass(frozen=True, slots=True)
class SpokenOtherwise:
    """Name a sentence that is not heard in the person's voice, and why.

    script: its name; line: there; state: doubtful or missing; private: it holds a client's value.
    """

    path: str
    line: int
    text: str
    state: SentenceState
    private: bool

    @property
    def script(self) -> str:
        """Return the name of the script that it stands in."""
        return Path(self.path).stem

    @property
    def why(self) -> str:
        """Return why in words."""
        if self.private:
            return "it holds a value"
        return {"doubtful": "its reading is doubtful"}.get(self.state, "it is not recorded")


@dataclass(frozen=True, slots=True)
class RecordedShare:
    """Say how much of a session is in one recorded voice.

    voice: `recorded:NAME`; otherwise: who speaks the rest; sentences: how many are to be in that
    voice, each once, ground track and guide words too; others: those that are not.
    """

    voice: str
    otherwise: str
    sentences: int
    others: tuple[SpokenOtherwise, ...]

    @property
    def recorded(self) -> int:
        """Return how many are heard as recorded."""
        return self.sentences - len(self.others)

    def told(self) -> str:
        """Return it in one sentence."""
        if not self.others:
            return f"all {self.sentences} sentences are recorded in {self.voice}"
        return (
            f"{self.recorded} of {self.sentences} sentences are recorded in {self.voice}; "
            f"{self.otherwise} speaks the other {len(self.others)}"
        )


def recorded_shares(
    timeline: SessionTimeline, voice_of: Callable[[Spoken], Voice]
) -> tuple[RecordedShare, ...]:
    """Return the share of each recorded voice in a session; nothing where there is none."""
    seen: dict[tuple[str, str, str], tuple[RecordedVoice, Spoken]] = {}
    for track in (*timeline.tracks, timeline.ground):
        for event in track.speech():
            assert event.spoken is not None
            voice = voice_of(event.spoken)
            if isinstance(voice, RecordedVoice):
                key = (voice.name, event.spoken.spoken, event.spoken.language)
                seen.setdefault(key, (voice, event.spoken))
    shares = []
    for name in dict.fromkeys(key[0] for key in seen):
        mine = [pair for key, pair in seen.items() if key[0] == name]
        others = [
            SpokenOtherwise(
                said.origin.path, said.origin.line, said.text,
                voice.state_of(said.spoken), said.private,
            )
            for voice, said in mine
            if voice.reading_of(said.spoken) is None
        ]  # fmt: skip
        standing_in = ", ".join(dict.fromkeys(voice.otherwise.name for voice, _ in mine))
        shares.append(RecordedShare(name, standing_in, len(mine), tuple(others)))
    return tuple(shares)


def refuse_others(shares: tuple[RecordedShare, ...]) -> None:
    """Raise VoiceError, with a list, when a sentence would not be in its recorded voice."""
    others = [(share, each) for share in shares for each in share.others]
    if not others:
        return
    lines = [f"\n    {each.path}:{each.line}: “{each.text}” ({each.why})" for _, each in others]
    count = f"{len(others)} sentence{'s are' if len(others) > 1 else ' is'}"
    raise VoiceError(
        f"{count} not recorded in {others[0][0].voice}, and only that voice was asked for:"
        f"{''.join(lines)}",
        "Read what is missing, or let the other voice speak it by leaving strict out.",
    )
