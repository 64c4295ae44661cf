"""Draw the pictures of covers and soundscapes: `python docs/pictures/make.py`, at the top folder.

Made by hand when art or a soundscape changes, with the program's own drawing and sound.
"""

from __future__ import annotations

import base64
import textwrap
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
import yaml

from serguide.audio.loudness.meter import measure, short_term
from serguide.audio.types import Block
from serguide.base.units import SAMPLERATE, Samples
from serguide.drawing import palette
from serguide.drawing.files import write_drawing
from serguide.drawing.raster import png_of
from serguide.drawing.svg import element, lines, words
from serguide.soundscapes.bed import describe, open_bed

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
ART = ROOT / "imagery" / "art"
SCENES = ROOT / "imagery" / "scenes"
SESSIONS = ROOT / "scripts" / "sessions"
SOUNDSCAPES = ROOT / "imagery" / "soundscapes"

WIDTH = 1280.0
MARGIN = 56.0
SECONDS = 60
"""How much of a soundscape is drawn."""


def covers() -> str:
    """Draw every scene's and every session's cover, large and as small as a list shows it."""
    columns, gap = 5, 20.0
    room = (WIDTH - 2 * MARGIN - (columns - 1) * gap) / columns
    parts: list[str] = []
    y = 142.0
    for heading, folder in (("Scenes", SCENES), ("Sessions", SESSIONS)):
        parts.append(_text(heading, MARGIN, y, 20.0, palette.LINEN, "serif"))
        y += 20
        stems = sorted(path.stem for path in folder.glob("*.yaml"))
        # In another language a session shares the cover of the English one.
        names = [name for name in stems if (ART / f"{name}.svg").exists()]
        for place, name in enumerate(names):
            x = MARGIN + place % columns * (room + gap)
            top = y + place // columns * (room + 76)
            title = yaml.safe_load((folder / f"{name}.yaml").read_text(encoding="utf-8"))["title"]
            parts += [
                _picture(name, x, top, room),
                _picture(name, x, top + room + 10, 48.0),
                *_title(title, x + 58, top + room + 38),
            ]
        y += -(-len(names) // columns) * (room + 76) + 40
    return _sheet(y, "Covers", "One for every imagery scene and every session.", parts)


def soundscapes() -> str:
    """Draw a minute of every soundscape: what is heard (60 Hz to 12 kHz), and how loud it is."""
    parts: list[str] = []
    width, height, pitch = WIDTH - 2 * MARGIN - 250, 92.0, 128.0
    y = 132.0
    names = sorted(path.stem for path in SOUNDSCAPES.glob("*.yaml"))
    for name in names:
        about = describe(SOUNDSCAPES / f"{name}.yaml")
        blocks = list(open_bed(name, _recipe).blocks(Samples(SECONDS * SAMPLERATE)))
        levels = short_term(measure(blocks, channels=2).energies)
        spread = float(np.ptp(levels))
        x = MARGIN + 250
        parts += [
            _text(about.title, MARGIN, y + 34, 18.0, palette.LINEN, "serif"),
            _text(f"steady within {spread:.1f} LU", MARGIN, y + 60, 13.0, palette.QUIET),
            *_spectrogram(np.concatenate(blocks), x, y, width, height),
            _level_line(levels - levels.mean(), x, y + height + 12, width),
        ]
        y += pitch
    parts += [
        _text("None", MARGIN, y + 34, 18.0, palette.LINEN, "serif"),
        _text("the eighth: only the voice", MARGIN, y + 60, 13.0, palette.QUIET),
        element("rect", x=MARGIN + 250, y=y, width=width, height=height, fill=palette.NIGHT),
    ]
    note = "A minute of each: low below, high above. The line is the loudness of three seconds."
    return _sheet(y + height + 40, "Soundscapes", note, parts)


def _recipe(name: str) -> Path | None:
    path = SOUNDSCAPES / f"{name}.yaml"
    return path if path.exists() else None


def _spectrogram(sound: Block, x: float, y: float, width: float, height: float) -> Iterator[str]:
    """Yield the energy of each third of an octave over time, as cells from night to linen."""
    window = 1 << 14
    frames = np.lib.stride_tricks.sliding_window_view(sound.mean(axis=1), window)[:: window // 2]
    power = np.square(np.abs(np.fft.rfft(frames * np.hanning(window), axis=1)))
    hz = np.fft.rfftfreq(window, 1 / SAMPLERATE)
    edges = 60.0 * 2 ** (np.arange(24) / 3)
    rows = np.array(
        [power[:, (hz >= low) & (hz < high)].sum(axis=1) for low, high in pairwise(edges)]
    )
    decibels = 10 * np.log10(rows + 1e-12)
    shown = np.clip((decibels - decibels.max() + 40) / 40, 0, 1)
    cell, tall = width / shown.shape[1], height / shown.shape[0]
    for row, values in enumerate(shown):
        for column, value in enumerate(values):
            yield element(
                "rect", x=x + column * cell, y=y + height - (row + 1) * tall,
                width=cell + 0.4, height=tall + 0.4, fill=_colour(float(value)),
                shape_rendering="crispEdges",
            )  # fmt: skip


def _colour(value: float) -> str:
    """Return the palette's colour for 0 (nothing) to 1 (most)."""
    steps = (palette.NIGHT, palette.GLOW, palette.EDGE, palette.QUIET, palette.LINEN)
    place = min(value * (len(steps) - 1), len(steps) - 1.001)
    low, high = (_rgb(steps[int(place) + more]) for more in (0, 1))
    mixed = low + (high - low) * (place % 1)
    return "#" + "".join(f"{round(part):02x}" for part in mixed)


def _rgb(colour: str) -> npt.NDArray[np.float64]:
    return np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)], float)


def _level_line(levels: npt.NDArray[np.float64], x: float, y: float, width: float) -> str:
    """Draw the loudness around its mean, 6 px for 1 LU."""
    points = [
        f"{x + width * place / (len(levels) - 1):.1f} {y - 6 * level:.1f}"
        for place, level in enumerate(levels)
    ]
    return element(
        "path", d="M" + "L".join(points), fill="none", stroke=palette.EMBER, stroke_width="2.5",
        stroke_linejoin="round",
    )  # fmt: skip


def _picture(name: str, x: float, y: float, side: float) -> str:
    svg = (ART / f"{name}.svg").read_text(encoding="utf-8")
    data = base64.b64encode(png_of(svg, width=round(side * 2))).decode()
    return element("image", x=x, y=y, width=side, height=side, href=f"data:image/png;base64,{data}")


def _title(title: str, x: float, y: float) -> Iterator[str]:
    """Yield a cover's title around a height, in two lines where it is long."""
    rows = textwrap.wrap(title, 24)
    for row, line in enumerate(rows):
        yield _text(line, x, y + 16 * row - 8 * (len(rows) - 1), 12.5, palette.QUIET)


def _text(
    text: str, x: float, y: float, size: float, colour: str, family: str = "sans-serif"
) -> str:
    return element("text", words(text), x=x, y=y, fill=colour, font_family=family, font_size=size)


def _sheet(height: float, title: str, note: str, parts: list[str]) -> str:
    body = [
        element("rect", width=WIDTH, height=height, fill=palette.DUSK),
        _text(title, MARGIN, 66.0, 34.0, palette.LINEN, "serif"),
        _text(note, MARGIN, 94.0, 15.0, palette.QUIET),
        *parts,
    ]
    return element(
        "svg", lines(*body), xmlns="http://www.w3.org/2000/svg", width=WIDTH, height=height
    )


if __name__ == "__main__":
    write_drawing(HERE / "covers.png", covers())
    write_drawing(HERE / "soundscapes.png", soundscapes())
