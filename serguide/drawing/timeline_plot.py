"""Draw a session's timeline: one lane a track, in the product's palette."""

from __future__ import annotations

from markupsafe import Markup

from serguide.base.units import format_clock, seconds
from serguide.drawing import palette
from serguide.drawing.lane import ROW_HEIGHT, Lane, lane_svg
from serguide.drawing.loudness_curve import LoudnessPoints
from serguide.drawing.svg import element, lines, number, words
from serguide.timeline.model import SessionTimeline

WIDTH = 1280.0
"""Width of the drawing, in px."""

_MARGIN = 56.0
_HEAD = 156.0
_FOOT = 62.0


def plot_svg(timeline: SessionTimeline, loudness: LoudnessPoints | None = None) -> str:
    """Draw a session as SVG; all lanes share one scale, that of the longest track.

    loudness: (sample of the session, LUFS) as measured, in order, or None for what the timeline
    plans. Text asks for the generic families `serif` and `sans-serif`.
    """
    width = WIDTH - 2 * _MARGIN
    longest = max(track.frames for track in timeline.tracks)
    lanes = [
        Lane(track, _MARGIN, _HEAD + index * ROW_HEIGHT, width / longest, start, width)
        for index, (track, start) in enumerate(zip(timeline.tracks, timeline.starts, strict=True))
    ]
    height = _HEAD + len(lanes) * ROW_HEIGHT + _FOOT
    body = lines(
        element("title", words(timeline.program.title)),
        _definitions(),
        element("rect", width=WIDTH, height=height, fill="url(#dusk)"),
        element("rect", width=WIDTH, height=height, fill="url(#glow)"),
        *_head(timeline),
        *(lane_svg(lane, loudness) for lane in lanes),
        _legend(height - _FOOT + 12, measured=loudness is not None),
    )
    return element(
        "svg", body, xmlns="http://www.w3.org/2000/svg", width=WIDTH, height=height,
        viewBox=f"0 0 {number(WIDTH)} {number(height)}", role="img",
    ) + "\n"  # fmt: skip


def _definitions() -> str:
    def stop(offset: str, colour: str, opacity: str = "1") -> str:
        return element("stop", offset=offset, stop_color=colour, stop_opacity=opacity)

    return element(
        "defs",
        element(
            "linearGradient", stop("0", palette.DUSK) + stop("1", palette.NIGHT),
            id="dusk", x2="0", y2="1",
        )
        + element(
            "radialGradient", stop("0", palette.GLOW) + stop("1", palette.GLOW, "0"),
            id="glow", gradientUnits="userSpaceOnUse", cx="640", cy="-120", r="640",
        )
        + element(
            "linearGradient", stop("0", palette.WATER, "0.5") + stop("1", palette.WATER, "0.08"),
            id="loudness", x2="0", y2="1",
        ),
    )  # fmt: skip


def _head(timeline: SessionTimeline) -> list[str]:
    program = timeline.program
    count = len(timeline.tracks)
    facts = " · ".join(
        [
            f"{format_clock(seconds(timeline.frames))} minutes",
            f"{count} tracks" if count > 1 else "1 track",
            "ends awake" if program.ending == "alert" else "for falling asleep",
        ]
    )
    return [
        element(
            "text", words(program.title), x=_MARGIN, y=76.0, fill=palette.LINEN,
            font_family="serif", font_size=36.0,
        ),
        element(
            "text", facts, x=_MARGIN, y=108.0, fill=palette.QUIET, font_family="sans-serif",
            font_size=16.0,
        ),
    ]  # fmt: skip


def _legend(y: float, *, measured: bool) -> str:
    """Say what is what, in the drawing's own shapes."""
    entries = [
        ("speech", element("rect", x="0", y="-11", width="22", height="12", rx="2.5",
                           fill=palette.LINEN)),
        ("rest", element("path", d="M1 -5H22", stroke=palette.QUIET, stroke_width="1.5",
                         stroke_linecap="round", stroke_dasharray="0.1 6")),
        ("breath", element("path", d="M0 0C5 0 6 -11 11 -11C16 -11 17 0 22 0", fill="none",
                           stroke=palette.SAGE, stroke_width="2.2", stroke_linecap="round")),
        ("sound", element("circle", cx="11", cy="-5", r="4.5", fill=palette.EMBER)),
        ("loudness" if measured else "loudness, as planned",
         element("path", d="M0 1C4 -9 8 -12 11 -8C14 -4 18 -10 22 1Z", fill=palette.WATER,
                 fill_opacity="0.5")),
    ]  # fmt: skip
    parts = []
    x = 0.0
    for name, shape in entries:
        label = element("text", name, x="32", y="0")
        parts.append(element("g", shape + label, transform=f"translate({number(x)} 0)"))
        x += 72 + 7.4 * len(name)
    return element(
        "g", Markup().join(parts), transform=f"translate({number(_MARGIN)} {number(y)})",
        fill=palette.QUIET, font_family="sans-serif", font_size="13",
    )  # fmt: skip
