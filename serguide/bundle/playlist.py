"""Write session.m3u8: the tracks as an extended M3U playlist, for players without manifests."""

from __future__ import annotations

from serguide.base.printable import seen
from serguide.base.units import SAMPLERATE
from serguide.bundle.model import Contents


def playlist_m3u8(contents: Contents) -> str:
    """Write the playlist's text: a title and the length in seconds for each track, UTF-8."""
    lines = ["#EXTM3U", "#EXTENC:UTF-8", f"#PLAYLIST:{_one_line(contents.timeline.program.title)}"]
    titles = [track.program.title for track in contents.timeline.tracks]
    files = list(zip(titles, contents.tracks, strict=True))
    if contents.undivided:
        files = [(contents.timeline.program.title, contents.audio)]
    for title, file in files:
        # Whole seconds: older players stop reading at a decimal point.
        length = round(file.frames / SAMPLERATE)
        lines += [f"#EXTINF:{length},{_one_line(title)}", file.path]
    return "\n".join(lines) + "\n"


def _one_line(text: str) -> str:
    return seen(" ".join(text.split()))
