"""Screen of the teleprompter: the sentence large, what was read above it, level and room below."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from threading import Thread
from typing import ClassVar, Final

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from serguide.base.errors import SerguideError
from serguide.drawing.palette import DARK, LINEN
from serguide.player.ui.resuming import resume_only_what_stopped
from serguide.player.ui.widgets import StatusLine
from serguide.reading.prompter.prompter import Prompter
from serguide.reading.words import doubt_words, reading_words
from serguide.recordings.recording import Recording

_FRAME: Final = 1 / 10  # seconds between drawings
_ABOVE: Final = 3  # sentences that were read, shown above
_CALM: Final = 110 / 60 * 5.5  # characters a second
_WIDTHS: Final = (72, 52, 38, 26)  # columns of the sentence, by size
_METER: Final = 20

_NAMED = ("night", "quiet", "ember", "on-ember", "sage", "on-sage", "rose")
_COLOURS = {"linen": LINEN, **{name: DARK[name] for name in _NAMED}}

Play = Callable[[Recording], None]
Accept = Callable[[Recording], Recording]


class PrompterScreen(App[None]):
    """Show what is to be read, and do what the keys say."""

    TITLE = "serguide"
    CSS_PATH = "prompter.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "go_on", show=False, priority=True),
        Binding("left", "read_again", show=False, priority=True),
        Binding("right", "skip", show=False, priority=True),
        Binding("p", "play", show=False, priority=True),
        Binding("k", "keep", show=False, priority=True),
        Binding("plus,equals_sign", "size(1)", show=False, priority=True),
        Binding("minus", "size(-1)", show=False, priority=True),
        Binding("escape,q,ctrl+q,ctrl+c", "stop", show=False, priority=True),
    ]

    def __init__(
        self, title: str, prompter: Prompter, play: Play, accept: Accept, language: str = "en"
    ) -> None:
        """Show a prompter; play: lets a reading be heard; accept: counts a doubtful one as good.

        language: of what is read, in which the screen speaks too.
        """
        super().__init__()
        self._words = reading_words(language)
        self._heading = title
        self._prompter = prompter
        self._play, self._accept = play, accept
        self._step = 1
        self._note = ""
        self._playing: Thread | None = None

    def get_css_variables(self) -> dict[str, str]:
        """Add the look's colours."""
        return {**super().get_css_variables(), **_COLOURS}

    def compose(self) -> ComposeResult:
        """Lay the screen out."""
        with Vertical(id="page"):
            yield StatusLine(id="head", classes="line quiet")
            yield StatusLine(id="bar", classes="line sage")
            for index in range(_ABOVE):
                yield StatusLine(id=f"before-{index}", classes="line quiet")
            yield StatusLine(id="sentence", classes="line")
            yield StatusLine(id="next", classes="line quiet")
            yield StatusLine(id="level", classes="line")
            yield StatusLine(id="state", classes="line")
            yield StatusLine(id="keys", classes="line quiet")

    def on_mount(self) -> None:
        """Begin to draw."""
        resume_only_what_stopped(self._driver)
        self.set_interval(_FRAME, self._draw)
        self._draw()

    def action_go_on(self) -> None:
        """Start; then keep the sentence and go on."""
        self._note = ""
        self._prompter.go_on()
        self._draw()

    def action_read_again(self) -> None:
        """Read this sentence, or the one before, again."""
        self._prompter.read_again()
        self._draw()

    def action_skip(self) -> None:
        """Leave this sentence out for now."""
        self._prompter.skip()
        self._draw()

    def action_play(self) -> None:
        """Let the sentence that was read last be heard; nothing is recorded meanwhile."""
        place = self._prompter.last()
        if place is None or (self._playing and self._playing.is_alive()):
            return
        self._prompter.pause()
        reading = self._prompter.readings[place]
        self._playing = Thread(target=self._heard, args=(reading,), daemon=True)
        self._playing.start()
        self._draw()

    def action_keep(self) -> None:
        """Count the doubtful sentence that was read last as good."""
        places = [
            place
            for place, each in self._prompter.readings.items()
            if place < self._prompter.place and not each.good
        ]
        if places:
            place = max(places)
            self._prompter.replace(place, self._accept(self._prompter.readings[place]))
            self._draw()

    def action_size(self, step: int) -> None:
        """Make the sentence's lines shorter and looser, or longer."""
        self._step = max(0, min(len(_WIDTHS) - 1, self._step + step))
        self._draw()

    def action_stop(self) -> None:
        """Keep what was read, and end."""
        self.exit()

    def _heard(self, reading: Recording) -> None:
        try:
            self._play(reading)
        except SerguideError as error:
            self._note = error.message

    def _draw(self) -> None:
        if not self.query("#head"):
            return  # the last drawing may come when the screen has gone
        prompter, current, say = self._prompter, self._prompter.current, self._words.say
        self._show("head", self._head())
        self._show("bar", self._bar())
        for index, line in enumerate(self._above()):
            self._show(f"before-{index}", line)
        text = current.text if current else say("read.all")
        lines = textwrap.wrap(text, _WIDTHS[self._step]) or [text]
        self._show("sentence", ("\n\n" if self._step > 1 else "\n").join(lines))
        coming = prompter.sentences[prompter.place + 1 : prompter.place + 2]
        self._show("next", coming[0].text if coming else "")
        report = prompter.meter.report(speaking=prompter.recording)
        bar = "▮" * round(report.level * _METER)
        told = report.voice or report.room
        told = say(f"level.{told}") if told else ""
        self._show("level", f"{bar.ljust(_METER, '▯')}  {told}".rstrip())
        state = f"● {say('read.recording')}" if prompter.recording else say("read.begin")
        if current is None:
            state = say("read.done")
        failure = prompter.failure.message if prompter.failure else ""
        self._show("state", failure or self._note or state)
        self._show("keys", say("read.keys"))

    def _show(self, name: str, text: str) -> None:
        self.query_one(f"#{name}", StatusLine).show_text(text)

    def _head(self) -> str:
        prompter = self._prompter
        number = min(prompter.place + 1, len(prompter.sentences))
        characters = sum(
            len(each.spoken)
            for place, each in enumerate(prompter.sentences)
            if place not in prompter.readings
        )
        minutes = max(1, round((characters / _CALM + 1.5 * prompter.left) / 60))
        left = self._words.count("read.left", minutes) if prompter.left else ""
        place = self._words.say("read.of", n=str(number), of=str(len(prompter.sentences)))
        return " · ".join(part for part in (self._heading, place, left) if part)

    def _bar(self) -> str:
        """Return a mark a sentence: read, doubtful, current, to come; the part around the place."""
        prompter = self._prompter
        first = max(0, min(prompter.place - 30, len(prompter.sentences) - 60))
        marks = []
        for place in range(first, min(first + 60, len(prompter.sentences))):
            reading = prompter.readings.get(place)
            if place == prompter.place:
                marks.append("█")
            elif reading is None:
                marks.append("·")
            else:
                marks.append("▪" if reading.good else "▫")
        return "".join(marks)

    def _above(self) -> list[str]:
        prompter = self._prompter
        first = prompter.place - _ABOVE
        lines = []
        for place in range(first, prompter.place):
            if place < 0:
                lines.append("")
                continue
            reading = prompter.readings.get(place)
            if reading is None:
                sign, told = " ", "" if place in prompter.again else "…"
            elif reading.good:
                sign = "✓"
                told = self._words.say("read.again" if place in prompter.again else "read.good")
            else:
                why = doubt_words(reading.why, self._words)
                sign, told = "?", self._words.say("read.doubtful", why=why[:1].upper() + why[1:])
            text = textwrap.shorten(prompter.sentences[place].text, 56, placeholder="…")
            lines.append(f"{sign} {text}   {told}".rstrip())
        return lines
