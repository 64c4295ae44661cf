"""Draw one track of a timeline as a lane: speech, rests, breath, sounds, loudness, minutes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from serguide.base.units import SAMPLERATE, format_clock, seconds
from serguide.drawing import palette
from serguide.drawing.loudness_curve import FLOOR_LUFS, LoudnessPoints, measured, planned, smoothed
from serguide.drawing.svg import element, lines, number, words
from serguide.script.program import Breathing
from serguide.timeline.model import Event, TrackTimeline

LANE_HEIGHT = 92.0
"""Height of the coloured lane, in px."""

ROW_HEIGHT = 172.0
"""Height of a lane with its title above, its minutes below, and the space to the next, in px."""

_TITLE_HEIGHT = 32.0
_BAR_HEIGHT = 30.0
_GUIDE_HEIGHT = 12.0
_BIN = 3.0
_TOP_LUFS = 2.0
_TICKS = tuple(SAMPLERATE * step for step in (10, 30, 60, 120, 300, 600, 1800, 3600))
_LEAST_TICK = 96.0


@dataclass(frozen=True, slots=True)
class Lane:
    """Place one track's lane in the drawing.

    x, y: its upper left corner in px; scale: px a sample; start: the track's first sample in
    the session; limit: px from x to the drawing's margin.
    """

    track: TrackTimeline
    x: float
    y: float
    scale: float
    start: int
    limit: float

    @property
    def width(self) -> float:
        """Return the lane's width in px."""
        return self.track.frames * self.scale

    @property
    def top(self) -> float:
        """Return the y of the coloured lane's upper edge, in px."""
        return self.y + _TITLE_HEIGHT

    def at(self, sample: int) -> float:
        """Return the x of a sample of the track, in px."""
        return self.x + sample * self.scale


def lane_svg(lane: Lane, loudness: LoudnessPoints | None) -> str:
    """Draw a track's lane; loudness None draws what the timeline plans."""
    parts = [
        _title(lane),
        element(
            "rect", x=lane.x, y=lane.top, width=lane.width, height=LANE_HEIGHT, rx=12.0,
            fill=palette.GLOW, fill_opacity="0.22",
        ),
        _loudness(lane, loudness),
        *_clock(lane),
        *_chapters(lane),
        *(_rest(lane, event) for event in lane.track.events if event.kind == "rest"),
        *(_breath(lane, run) for run in _runs(lane.track)),
        *_speech(lane),
        *(_sound(lane, event) for event in lane.track.events if event.kind == "sound"),
    ]  # fmt: skip
    return element("g", lines(*parts), data_step=lane.track.program.step)


def _title(lane: Lane) -> str:
    length = element(
        "tspan", format_clock(seconds(lane.track.frames)), dx=10.0, fill=palette.QUIET,
        font_family="sans-serif", font_size=14.0,
    )  # fmt: skip
    return element(
        "text", words(lane.track.program.title) + length, x=lane.x, y=lane.y + 20,
        fill=palette.LINEN, font_family="serif", font_size=19.0,
    )  # fmt: skip


def _loudness(lane: Lane, points: LoudnessPoints | None) -> str:
    bins = max(2, int(lane.width / _BIN))
    track = lane.track
    levels = (
        planned(track, bins)
        if points is None
        else measured(points, lane.start, lane.start + track.frames, bins)
    )
    bottom = lane.top + LANE_HEIGHT
    span = LANE_HEIGHT / (_TOP_LUFS - FLOOR_LUFS)
    outline = [
        (lane.x + (index + 0.5) * lane.width / bins, bottom - span * (level - FLOOR_LUFS))
        for index, level in enumerate(smoothed(levels))
    ]
    path = f"M{number(lane.x)} {number(bottom)}"
    path += "".join(f"L{number(x)} {number(y)}" for x, y in _corners(outline))
    path += f"L{number(lane.x + lane.width)} {number(bottom)}Z"
    return element("path", class_="loudness", d=path, fill="url(#loudness)")


def _corners(points: list[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """Leave out evenly spaced points that lie on the straight line between their neighbours."""
    yield points[0]
    for before, point, after in zip(points, points[1:], points[2:], strict=False):
        if abs(before[1] - 2 * point[1] + after[1]) > 1e-6:
            yield point
    yield points[-1]


def _clock(lane: Lane) -> Iterator[str]:
    """Draw the session's clock, in the finest steps that stay readable."""
    step = next((step for step in _TICKS if step * lane.scale >= _LEAST_TICK), _TICKS[-1])
    first = -(-lane.start // step) * step
    for place in range(first, lane.start + lane.track.frames, step):
        x = lane.at(place - lane.start)
        yield element(
            "path", d=f"M{number(x)} {number(lane.top + LANE_HEIGHT)}v6",
            stroke=palette.EDGE, stroke_width="1",
        )  # fmt: skip
        yield element(
            "text", format_clock(seconds(place)), x=x, y=lane.top + LANE_HEIGHT + 21,
            fill=palette.QUIET, font_family="sans-serif", font_size=12.0, text_anchor="middle",
        )  # fmt: skip


def _chapters(lane: Lane) -> Iterator[str]:
    """Mark chapters; a title is written where the track's title and the one before leave space."""
    program = lane.track.program
    taken = lane.x + 10.5 * len(program.title) + 70
    for position, title in lane.track.chapters:
        if position == 0:
            continue
        x = lane.at(position)
        yield element(
            "path", class_="chapter", stroke=palette.EDGE, stroke_width="1",
            stroke_dasharray="2 4",
            d=f"M{number(x)} {number(lane.top - 6)}v{number(LANE_HEIGHT + 6)}",
        )  # fmt: skip
        ends = x + 7.5 * len(title)
        if x > taken and ends < lane.x + lane.limit:
            yield element(
                "text", words(title), x=x - 1, y=lane.y + 20, fill=palette.QUIET,
                font_family="sans-serif", font_size=13.0,
            )  # fmt: skip
            taken = ends + 14


def _rest(lane: Lane, event: Event) -> str:
    y = lane.top + LANE_HEIGHT / 2
    gap = min(4.0, (lane.at(event.end) - lane.at(event.start)) / 4)
    return element(
        "path", class_="rest", stroke=palette.QUIET, stroke_opacity="0.38", stroke_width="1.5",
        stroke_linecap="round", stroke_dasharray="0.1 6",
        d=f"M{number(lane.at(event.start) + gap)} {number(y)}H{number(lane.at(event.end) - gap)}",
    )  # fmt: skip


def _speech(lane: Lane) -> Iterator[str]:
    for placed in lane.track.placed:
        # A word that guides a breath stands small under the wave's line.
        height = _GUIDE_HEIGHT if isinstance(placed.item, Breathing) else _BAR_HEIGHT
        for event in placed.events:
            if event.kind == "say":
                yield element(
                    "rect", class_="say", x=lane.at(event.start),
                    y=lane.top + (LANE_HEIGHT - height) / 2,
                    width=max(1.5, (event.end - event.start) * lane.scale), height=height, rx=2.5,
                    fill=palette.LINEN,
                )  # fmt: skip


def _sound(lane: Lane, event: Event) -> str:
    x, y = lane.at(event.start), lane.top + 17
    dot = element("circle", class_="sound", cx=x, cy=y, r=4.5, fill=palette.EMBER)
    return element("circle", cx=x, cy=y, r=10.0, fill=palette.EMBER, fill_opacity="0.22") + dot


def _runs(track: TrackTimeline) -> Iterator[list[Event]]:
    """Yield the breaths of each block, and of blocks that follow one another without a gap."""
    run: list[Event] = []
    for placed in track.placed:
        if not isinstance(placed.item, Breathing):
            continue
        if run and placed.start != run[-1].end:
            yield run
            run = []
        run += [event for event in placed.events if event.kind == "breathe"]
    if run:
        yield run


def _breath(lane: Lane, run: list[Event]) -> str:
    """Draw a run of breaths as a wave: in rises, out falls, hold and rest keep the level."""
    high, low = lane.top + 14, lane.top + LANE_HEIGHT - 14
    y = low
    line = f"M{number(lane.at(run[0].start))} {number(y)}"
    for event in run:
        x, ends = lane.at(event.start), lane.at(event.end)
        goal = {"in": high, "out": low}.get(event.phase or "", y)
        middle = number((x + ends) / 2)
        line += f"C{middle} {number(y)} {middle} {number(goal)} {number(ends)} {number(goal)}"
        y = goal
    area = f"{line}L{number(lane.at(run[-1].end))} {number(low)}Z"
    return element("path", d=area, fill=palette.SAGE, fill_opacity="0.13") + element(
        "path", class_="breath", d=line, fill="none", stroke=palette.SAGE, stroke_width="2.2",
        stroke_linecap="round",
    )  # fmt: skip
