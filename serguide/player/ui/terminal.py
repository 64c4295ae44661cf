"""Terminal interface: four quiet panes, and one line that is always there.

before     what it is, a word on safety, and one button
playing    the sentence that is spoken, the breath, the way
room       back in the room: what is said there; go on, stop, or call someone
over       the end; dark and silent when it is for sleep
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Center, Vertical, VerticalScroll
from textual.widgets import Button, ContentSwitcher

from serguide.base.errors import SoundError
from serguide.base.units import SAMPLERATE
from serguide.bundle.contact_list import countries_of
from serguide.bundle.prose import for_whom
from serguide.bundle.words import InterfaceWords
from serguide.drawing.palette import DARK, LINEN
from serguide.notices.model import Notices
from serguide.player.audio.engine import Status
from serguide.player.control import Control
from serguide.player.model.pacer import BreathPhase
from serguide.player.ui.keys import Key
from serguide.player.ui.resuming import resume_only_what_stopped
from serguide.player.ui.saying import clock, facts, help_line, time_left
from serguide.player.ui.widgets import Bar, Pacer, SessionBar, StatusLine

_FRAME = 1 / 15  # seconds between drawings
_PATIENCE = 30  # drawings that a device is given for the last fade
_DISSOLVE = 0.6  # seconds that one pane takes to come in the place of another

_KEYS: dict[str, Key] = {
    "space": "pause",
    "left": "back",
    "right": "forward",
    "up": "louder",
    "down": "softer",
    "shift+up,greater_than_sign": "faster",
    "shift+down,less_than_sign": "slower",
    "n": "next",
    "p": "previous",
    "m": "mute",
    "t": "timer",
    "g,escape": "ground",
    "q,ctrl+q": "quit",
}


_NAMED = ("night", "quiet", "ember", "on-ember", "sage", "on-sage", "sage-soft", "on-sage-soft")
_COLOURS = {"linen": LINEN, **{name: DARK[name] for name in _NAMED}}
"""The look's colours by their names in terminal.tcss; `text` and others are Textual's own."""


class Terminal(App[None]):
    """Show a session, and do what the keys say."""

    CSS_PATH = "terminal.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(keys, f"press('{key}')", show=False, priority=True)
            for keys, key in _KEYS.items()
        ),
        Binding("pagedown", "scroll_text(5)", show=False, priority=True),
        Binding("pageup", "scroll_text(-5)", show=False, priority=True),
        Binding("ctrl+c", "interrupt", show=False, priority=True),
    ]

    def __init__(
        self,
        control: Control,
        words: InterfaceWords,
        *,
        from_start: bool = False,
        still: bool = False,
    ) -> None:
        """Show what the control plays, in some words; still: nothing moves but the words."""
        super().__init__()
        self.HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (70, "-wide")]
        self.VERTICAL_BREAKPOINTS = [(0, "-short"), (24, "-medium"), (32, "-tall")]
        self._control = control
        self._playable = control.playable
        self._words = words
        self._still = still
        self._kept = 0 if from_start else control.kept
        self._frames = control.look().frames
        self._left = self._dissolving = 0  # drawings
        self.interrupted = False
        """Whether Ctrl-C was pressed."""
        self.failure: SoundError | None = None
        """What made playing impossible."""

    def get_css_variables(self) -> dict[str, str]:
        """Add the look's colours."""
        return {**super().get_css_variables(), **_COLOURS}

    def compose(self) -> ComposeResult:
        """Lay out the panes."""
        say = self._words.say
        with ContentSwitcher(id="panes", initial="before"):
            with Vertical(id="before", classes="pane"):
                yield from self._before()
            with Vertical(id="playing", classes="pane"):
                yield StatusLine(id="part", classes="line quiet")
                yield from self._score()
            with Vertical(id="room", classes="pane"):
                yield StatusLine(id="room-title", classes="line sage")
                yield from self._score("room-")
                yield _centred(say("room voice pause"), "voice", "-sage")
                yield _centred(f"n   {say('room back')}", "go-on", "-plain")
                yield _centred(say("stop"), "stop", "-plain")
                with VerticalScroll(id="contacts"):
                    yield StatusLine("\n".join(self._contacts()), classes="line quiet")
            with Vertical(id="over", classes="pane"):
                yield StatusLine(say("over"), classes="line")
                yield _centred(say("stop"), "close", "-plain")
        with Vertical(id="foot"):
            yield SessionBar(id="progress")
            yield StatusLine(id="place", classes="line")
            yield StatusLine(help_line(self._words), id="help", classes="line")
            yield _centred(f"g   {say('ground')}", "room-button", "-room")

    def on_mount(self) -> None:
        """Begin to draw."""
        resume_only_what_stopped(self._driver)
        if self._still:
            self.animation_level = "none"
        self.query_one("#room-button").display = self._playable.ground is not None
        self.query_one("#begin").focus()
        self.set_interval(_FRAME, self._draw)
        self._draw()

    def action_press(self, key: Key) -> None:
        """Do what a key means."""
        if key == "quit":
            self._leave()
        elif self._pane != "before" or key == "ground":
            self._control.do(key)
        elif key == "pause":
            self._begin(from_start=not self._kept)
        elif key in ("louder", "softer"):
            self.action_scroll_text(1 if key == "softer" else -1)

    def action_scroll_text(self, lines: int) -> None:
        """Scroll what is longer than its pane."""
        for text in self.query_one(f"#{self._pane}").query(VerticalScroll):
            text.scroll_relative(y=lines, animate=False)

    def action_interrupt(self) -> None:
        """Fade out, and end as an interrupted program does."""
        self.interrupted = True
        self._leave()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Do what a button says."""
        match event.button.id:
            case "begin" | "from-start":
                self._begin(from_start=event.button.id == "from-start" or not self._kept)
            case "go-on":
                self._control.go_on()
            case "voice":
                self._control.do("pause")
            case "room-button":
                self._control.do("ground")
            case _:
                self._leave()

    @property
    def _pane(self) -> str:
        return self.query_one("#panes", ContentSwitcher).current or ""

    def _before(self) -> ComposeResult:
        say = self._words.say
        with VerticalScroll(id="told"):
            yield from self._told()
        begin = say("resume", time=clock(self._kept)) if self._kept else say("begin")
        yield _centred(begin, "begin", "-ember")
        if self._kept:
            yield _centred(say("from start"), "from-start", "-plain")

    def _told(self) -> ComposeResult:
        say, playable = self._words.say, self._playable
        yield StatusLine(playable.title, classes="line title")
        length = self._words.count("minutes", max(1, round(self._frames / SAMPLERATE / 60)))
        ending = (say(f"ends {playable.ending}"),) if playable.ending else ()
        yield StatusLine(" · ".join((length, *ending)), classes="line quiet")
        whose = Notices(made_for=playable.made_for, supervised_by=playable.giver)
        if told := for_whom(whose, self._words):
            yield StatusLine(told, classes="line")
        if playable.about:
            yield StatusLine(playable.about, classes="line space about")
        notice = say("notice", ground=say("ground"))
        # Who feels much is helped, never stopped; what only grounds needs no such word.
        first = (say("much now"),) if playable.ground and not playable.grounding_only else ()
        for text in (notice, *first, *playable.cautions):
            yield StatusLine(text, classes="line quiet space")

    def _score(self, prefix: str = "") -> ComposeResult:
        """Lay out a sentence and a breath; prefix: of their names."""
        name = f"{prefix}pacer"
        yield StatusLine(id=f"{prefix}caption", classes="line caption")
        yield (
            Bar(id=name, classes="line sage pacer")
            if self.no_color
            else Pacer(id=name, classes="pacer")
        )
        yield StatusLine(id=f"{prefix}phase", classes="line phase")

    def _contacts(self) -> Iterator[str]:
        countries = countries_of(Notices(contacts=self._playable.contacts), self._words)
        for country in countries:
            yield country.name
            for line in country.lines:
                yield "   ".join(part for part in (line.number, line.for_whom, line.terms) if part)
            yield ""

    def _begin(self, *, from_start: bool) -> None:
        self._control.begin(from_start=from_start)
        self._show_pane("playing")

    def _leave(self) -> None:
        """Fade out; `_draw` ends when it is done."""
        self._control.stop()
        self._left = max(self._left, 1)

    def _draw(self) -> None:
        if not self.is_running:
            return  # the panes are being taken away
        try:
            status = self._control.look()
        except SoundError as error:
            self.failure = error
            self.exit()
            return
        if self._left:
            self._left += 1
            if (status.ended and self._left > 3) or self._left > _PATIENCE:
                self.exit()
            return
        self._show_pane(self._pane_for(status))
        if self._dissolving:
            self._dissolving -= 1
            for widget in self.query_one(f"#{self._pane}").walk_children():
                widget.notify_style_update()  # what they are drawn with depends on the pane's
                widget.refresh()
        asleep = status.drowsy or (status.finished and self._playable.ending == "sleep")
        self.screen.set_class(asleep, "-dark")
        if not asleep:
            self._draw_session(status)

    def _pane_for(self, status: Status) -> str:
        if status.deck == "ground" or status.grounded:
            return "room"
        if status.deck == "end" or status.ended:
            return "over"
        return "playing" if status.running or self._pane != "before" else "before"

    def _show_pane(self, name: str) -> None:
        if name == self._pane:
            return
        self.query_one("#panes", ContentSwitcher).current = name
        pane = self.query_one(f"#{name}")
        if not self._still:
            pane.styles.opacity = 0.0
            pane.styles.animate("opacity", 1.0, duration=_DISSOLVE)
            self._dissolving = round((_DISSOLVE + 0.2) / _FRAME)
        button = next(iter(pane.query(Button)), None)
        self.set_focus(button)

    def _draw_session(self, status: Status) -> None:
        grounded = self._words.say("in the room" if status.grounded else "grounding")
        self._write("#room-title", grounded)
        self.query_one("#voice", Button).label = self._voice_label(status)
        self._write("#place", " · ".join(self._place(status)))
        if status.deck == "ground":
            self._draw_score(status, "room-")
        if status.deck != "session":
            return
        position, parts = status.position, self._playable.parts
        part = parts[self._playable.part_at(position)]
        title = self._playable.title
        self._write("#part", part.title if part.title == title else f"{title} · {part.title}")
        frames = max(1, status.frames)
        self.query_one(SessionBar).show(
            position / frames, tuple((part.start / frames, part.inner) for part in parts)
        )
        self._draw_score(status, since=part.start)

    def _voice_label(self, status: Status) -> str:
        """Say what the large button in the room does: it is for staying."""
        if status.grounded:
            return self._words.say("room again")
        return self._words.say("room voice pause" if status.running else "room voice on")

    def _draw_score(self, status: Status, prefix: str = "", since: int = 0) -> None:
        """Draw what is said and breathed; since: what was said before it is not shown."""
        position, score = status.position, self._playable.score_of(status.deck)
        caption = score.caption_at(position)
        here = caption is not None and caption.end > since
        self._write(f"#{prefix}caption", caption.text if caption and here else "")
        said = caption is not None and position >= caption.end
        self.query_one(f"#{prefix}caption").set_class(said, "-said")
        self._draw_breath(position, score.breath_at(position), prefix)

    def _draw_breath(self, position: int, breath: BreathPhase | None, prefix: str) -> None:
        pacer = self.query_one(f"#{prefix}pacer")
        assert isinstance(pacer, Bar | Pacer)
        pacer.set_class(breath is None or self._still, "-away")
        if breath is None:
            self._write(f"#{prefix}phase", "")
            return
        pacer.show(breath.fullness(position))
        phase = self._words.say(f"breathe {breath.phase}")
        self._write(f"#{prefix}phase", f"{phase} · {breath.seconds_left(position)}")

    def _place(self, status: Status) -> Iterator[str]:
        if not status.running and self._pane == "playing":
            yield self._words.say("paused")
        if self._pane == "playing":
            yield time_left(self._words, (status.frames - status.position) * 100 // status.speed)
        silent = self._control.silent
        yield from facts(self._words, status, self._control.timer, silent=silent)

    def _write(self, name: str, text: str) -> None:
        """Write a text, if it is another; what stays is not drawn again."""
        widget = self.query_one(name, StatusLine)
        if widget.content != text:
            widget.show_text(text)


def _centred(label: str, name: str, style: str) -> Center:
    return Center(Button(label, id=name, classes=style))
