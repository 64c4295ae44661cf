"""Draw the terminal player as it looks: python tests/player/picture.py BUNDLE SECONDS FILE.png.

SECONDS is how far into the session it is. The text is set in this machine's DejaVu Sans Mono.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import sys
from pathlib import Path

import resvg_py
from hand import HandOutput

from serguide.base.units import samples
from serguide.bundle.words import words_for
from serguide.player.control import Control, open_engine
from serguide.player.model.open_bundle import open_playable
from serguide.player.ui.terminal import Terminal

FONT = "DejaVu Sans Mono"


async def picture(folder: Path, seconds: float, size: tuple[int, int], *keys: str) -> str:
    playable, output = open_playable(folder), HandOutput()
    with contextlib.closing(open_engine(playable, output)) as engine:
        engine.start()
        app = Terminal(Control(playable, engine), words_for(playable.language), still=False)
        async with app.run_test(size=size) as pilot:
            if seconds >= 0:
                await pilot.press("space")
                output.turn(0.1)
                engine.seek(samples(seconds))
                output.turn(0.2)
            for key in keys:
                await pilot.press(key)
                output.turn(1)
            await pilot.pause(2.5)
            return app.export_screenshot(title=playable.title)


def main(folder: str, seconds: str, target: str, *keys: str) -> None:
    svg = asyncio.run(picture(Path(folder), float(seconds), (96, 34), *keys))
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    svg = svg.replace("Fira Code", FONT).replace("font-family: arial", f"font-family: {FONT}")
    drawn = resvg_py.svg_to_bytes(svg_string=svg, width=1000, skip_system_fonts=False)
    Path(target).write_bytes(bytes(drawn))


if __name__ == "__main__":
    main(*sys.argv[1:])
