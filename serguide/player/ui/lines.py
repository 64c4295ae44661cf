"""Plain-line interface, for screen readers, pipes and terminals that can do no more."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from serguide.bundle.words import InterfaceWords
from serguide.player.audio.engine import Status
from serguide.player.control import TICK, Control
from serguide.player.model.pacer import breaths_from
from serguide.player.model.score import Caption
from serguide.player.ui.keys import Keyboard
from serguide.player.ui.saying import breathing, clock, facts


def play_lines(
    control: Control,
    keyboard: Keyboard,
    words: InterfaceWords,
    write: Callable[[str], None],
    *,
    from_start: bool = False,
) -> None:
    """Play until the end, or until told to quit, writing what happens. Raises SoundError."""
    lines = Lines(control, words, write)
    control.begin(from_start=from_start)
    try:
        while not lines.tell():
            key = keyboard.read(TICK)
            if key == "quit":
                break
            if key is not None:
                control.do(key)
    finally:
        control.fade_out()


class Lines:
    """Write a line for each part, each sentence and each change, and never redraw one."""

    def __init__(
        self, control: Control, words: InterfaceWords, write: Callable[[str], None]
    ) -> None:
        self._control = control
        self._playable = control.playable
        self._words = words
        self._write = write
        self._before: Status | None = None
        self._facts: tuple[str, ...] = ()
        self._part = -1
        self._said: Caption | None = None
        self._breathing = range(0)

    def tell(self) -> bool:
        """Write what is new; return whether nothing more will come."""
        status = self._control.look()
        for line in self._changes(status):
            self._write(line)
        if self._before is None or status.deck != self._before.deck:
            self._said, self._breathing = None, range(0)
        self._before = status
        if status.deck == "ground":
            # Without the time, which says nothing in the room and is one thing more to read.
            self._tell_score(status)
        elif status.deck == "session" and not (status.grounded or status.ended):
            self._tell_part(status.position)
            self._tell_score(status, timed=True)
        # Whoever is asleep presses no key; waiting for one would take all night.
        return status.ended or status.asleep

    def _tell_part(self, position: int) -> None:
        part = self._playable.part_at(position)
        if part != self._part:
            self._part = part
            self._write(f"{clock(position)}  — {self._playable.parts[part].title}")

    def _tell_score(self, status: Status, *, timed: bool = False) -> None:
        """Write the sentence that is spoken, and what breathing begins; timed: and when."""
        position, score = status.position, self._playable.score_of(status.deck)
        caption = score.caption_at(position)
        if caption is None:
            self._said = None  # before all of them: begun again
        elif caption != self._said and position < caption.end:
            self._said = caption
            self._write(f"{clock(caption.start)}  {caption.text}" if timed else caption.text)
        breath = score.breath_at(position)
        if breath is not None and position not in self._breathing:
            run = breaths_from(score.breaths, breath)
            self._breathing = range(run[0].start, run[-1].end)
            told = breathing(self._words, run)
            self._write(f"{clock(position)}  {told}" if timed else told)

    def _changes(self, now: Status) -> Iterator[str]:
        told = facts(self._words, now, self._control.timer, silent=self._control.silent)
        before, self._facts = self._facts, told
        if self._before is None:
            return
        # A screen reader would say it to someone who is asleep.
        if now.finished and not self._before.finished and self._playable.ending != "sleep":
            yield self._words.say("over")
        if now.grounded and not self._before.grounded:
            yield self._words.say("in the room")
        elif now.deck != self._before.deck and now.deck == "ground":
            yield self._words.say("grounding")
            yield self._words.say("room keys")
        elif now.deck != self._before.deck and now.deck == "session":
            yield self._words.say("going on")
        elif now.running != self._before.running and not (now.ended or now.drowsy):
            if now.running:
                yield self._words.say("going on")
            else:
                yield self._words.say("paused at", time=clock(now.position))
        yield from (fact for fact in told if fact not in before)
        if before and not told:
            yield self._words.say("as usual")
