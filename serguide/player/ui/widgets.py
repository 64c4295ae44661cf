"""Terminal widgets: the breath pacer and the bar of the session's progress."""

from __future__ import annotations

import math

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from serguide.base.printable import printable
from serguide.drawing import palette

_SMALLEST = 0.34
"""How large the circle is when the lungs are empty, as a share of its largest."""

_HALO = 0.16  # how much of the sage is in the ring that the circle grows to


_LINES = {None: "━─", True: "┷┴", False: "╋┼"}
"""The way behind and ahead: plain, where a chapter begins, where a track begins."""


class Pacer(Widget):
    """A circle that grows as one breathes in, in two half-blocks a character."""

    fullness = 0.0

    def show(self, fullness: float) -> None:
        """Draw the circle for lungs that are 0 to 1 full."""
        if fullness != self.fullness:
            self.fullness = fullness
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one row of characters, two of pixels."""
        width, height = self.size.width, self.size.height * 2
        largest = max(1.0, min(width, height) / 2 - 0.5)
        radius = largest * (_SMALLEST + (1 - _SMALLEST) * self.fullness)
        pixels = [
            [_pixel(x, row, width, height, radius, largest) for x in range(width)]
            for row in (2 * y, 2 * y + 1)
        ]
        return Strip(
            Segment("▀", Style(color=_shade(upper), bgcolor=_shade(lower)))
            if upper or lower
            else Segment(" ", Style(bgcolor=palette.NIGHT))
            for upper, lower in zip(*pixels, strict=True)
        )


class StatusLine(Static):
    """A text as it is written, whatever brackets and invisible characters are in it."""

    def __init__(self, text: str = "", *, id: str | None = None, classes: str = "") -> None:  # noqa: A002 (the name is textual's)
        super().__init__(printable(text), id=id, classes=classes, markup=False)

    def show_text(self, text: str) -> None:
        """Show another text."""
        self.update(printable(text))


class Bar(StatusLine):
    """A line that grows and shrinks, where there are no colours or little space."""

    def show(self, fullness: float) -> None:
        """Draw the line for lungs that are 0 to 1 full."""
        width = max(3, min(self.size.width or 40, 48))
        side = round((width - 1) / 2 * (_SMALLEST + (1 - _SMALLEST) * fullness))
        self.update("━" * (2 * side + 1))


class SessionBar(Widget):
    """The way through the session: what is behind, what is ahead, where parts begin."""

    way = 0.0
    parts: tuple[tuple[float, bool], ...] = ()

    def show(self, way: float, parts: tuple[tuple[float, bool], ...]) -> None:
        """Draw the way, 0 to 1, and where parts begin: (way, whether it is inside another)."""
        columns = self.size.width or 1
        if (int(way * columns), parts) != (int(self.way * columns), self.parts):
            self.way, self.parts = way, parts
            self.refresh()

    def render(self) -> Text:
        """Draw the line."""
        columns = max(1, self.size.width)
        here = min(columns - 1, int(self.way * columns))
        marks: dict[int, bool] = {}
        for way, inner in self.parts:
            column = min(columns - 1, int(way * columns))
            marks[column] = marks.get(column, True) and inner
        line = Text()
        for column in range(columns):
            colour = palette.EMBER if column <= here else palette.EDGE
            mark = _LINES[marks.get(column) if column else None]
            line.append("●" if column == here else mark[column > here], colour)
        return line


def _pixel(x: int, y: int, width: int, height: int, radius: float, largest: float) -> int:
    """Return how much sage there is at a pixel, in percent; its edges are soft."""
    away = math.hypot(x + 0.5 - width / 2, y + 0.5 - height / 2)
    disc = min(1.0, max(0.0, (radius - away) / 1.5 + 0.5))
    ring = max(0.0, 1.0 - abs(away - largest + 0.5))
    return round(100 * max(disc * (0.5 + 0.35 * (1 - min(1.0, away / radius))), _HALO * ring))


def _shade(percent: int) -> str:
    return _SHADES[percent]


def _mixed(share: float) -> str:
    night, sage = (
        [int(colour[i : i + 2], 16) for i in (1, 3, 5)] for colour in (palette.NIGHT, palette.SAGE)
    )
    mixed = (round(a + (b - a) * share) for a, b in zip(night, sage, strict=True))
    return "#" + "".join(f"{part:02x}" for part in mixed)


_SHADES = [_mixed(percent / 100) for percent in range(101)]
