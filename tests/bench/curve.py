"""Peak memory over the length of a session, as a picture in the product's palette."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from serguide.drawing import palette
from serguide.drawing.raster import png_of
from serguide.drawing.svg import element, words

_WIDTH, _HEIGHT = 1100.0, 520.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 110.0, 1040.0, 110.0, 430.0
_LIMIT = 250.0

Peaks = Sequence[tuple[int, tuple[float, float | None]]]
"""(minutes, (our peak, the naive way's peak or None)), in MB."""


def curve_png(peaks: Peaks) -> bytes:
    """Draw both curves; the horizontal axis is even in length, the vertical one in memory."""
    longest = max(minutes for minutes, _ in peaks)
    most = 1.08 * max([_LIMIT, *(max(ours, theirs or 0.0) for _, (ours, theirs) in peaks)])

    def at(minutes: float, megabytes: float) -> tuple[float, float]:
        x = _LEFT + (_RIGHT - _LEFT) * minutes / longest
        return x, _BOTTOM - (_BOTTOM - _TOP) * megabytes / most

    ours = [at(minutes, peak) for minutes, (peak, _) in peaks]
    theirs = [at(minutes, peak) for minutes, (_, peak) in peaks if peak is not None]
    limit = at(0, _LIMIT)[1]
    parts = [
        element("rect", width=_WIDTH, height=_HEIGHT, fill=palette.NIGHT),
        _text(_LEFT, 62.0, "Peak memory by the length of a session", palette.LINEN, 28, "serif"),
        element(
            "line", x1=_LEFT, y1=limit, x2=_RIGHT, y2=limit, stroke=palette.EDGE,
            stroke_dasharray="4 6",
        ),
        _text((_LEFT + _RIGHT) / 2, limit - 10, "250 MB promised", palette.QUIET),
        *_line(theirs, palette.EMBER),
        *_line(ours, palette.SAGE),
    ]  # fmt: skip
    if theirs:
        parts.append(
            _text(theirs[-1][0] + 14, theirs[-1][1] + 6, "pydub, in memory", palette.EMBER)
        )
    parts.append(_text(ours[-1][0] - 90, ours[-1][1] - 16, "serguide", palette.SAGE))
    for minutes, (peak, other) in peaks:
        x, _ = at(minutes, 0)
        parts.append(_text(x - 8, _BOTTOM + 30, f"{minutes}", palette.QUIET))
        parts.append(_text(at(minutes, peak)[0] - 12, at(minutes, peak)[1] + 26, f"{peak:.0f}"))
        if other is not None:
            parts.append(
                _text(at(minutes, other)[0] - 34, at(minutes, other)[1] - 12, f"{other:.0f}")
            )
    parts.append(_text(_RIGHT - 60, _BOTTOM + 62, "minutes", palette.QUIET))
    parts.append(_text(40.0, _TOP - 10, "MB", palette.QUIET))
    svg = element(
        "svg", Markup().join(parts), xmlns="http://www.w3.org/2000/svg",
        width=_WIDTH, height=_HEIGHT, viewBox=f"0 0 {_WIDTH:.0f} {_HEIGHT:.0f}",
    )  # fmt: skip
    return png_of(svg)


def _line(points: list[tuple[float, float]], colour: str) -> list[str]:
    listed = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dots = [element("circle", cx=x, cy=y, r=5.0, fill=colour) for x, y in points]
    return [element("polyline", points=listed, fill="none", stroke=colour, stroke_width=3.0), *dots]


def _text(
    x: float, y: float, text: str, colour: str = palette.QUIET, size: int = 17,
    family: str = "sans-serif",
) -> str:  # fmt: skip
    return element("text", words(text), x=x, y=y, fill=colour, font_size=size, font_family=family)
