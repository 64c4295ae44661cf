"""Opus encoders: the smallest file for the same sound; not every phone plays it."""

from __future__ import annotations

from serguide.encode.av import AvEncoder


class OpusEncoder(AvEncoder):
    """Write Ogg Opus: 80 kb/s stereo or 48 kb/s mono, variable.

    The header's pre-skip and the last page's position say where the samples begin and end.
    """

    container = "ogg"
    codec = "libopus"
    sample_format = "flt"
    bit_rates = {1: 48_000, 2: 80_000}  # noqa: RUF012 - annotated where it is declared
    # Left to itself, libopus takes a codec for telephones for what lies low in speech, and the rest
    # of the voice loses 2 dB from 3 to 8 kHz; with little delay it cannot.
    held_options = {"vbr": "constrained", "application": "lowdelay"}  # noqa: RUF012 - as above


class OpusMp4Encoder(OpusEncoder):
    """Write Opus in MP4, at a rate: browsers from 2023 on play it, Safari from 17.

    Safari reads Opus in Ogg from 18.4 on only.
    """

    container = "mp4"
    container_options = {"movie_timescale": "48000"}  # noqa: RUF012 - as above


class StemsEncoder(OpusMp4Encoder):
    """Write voice and bed in four channels, as two pairs that libopus codes apart.

    Freely variable: held to its rate, a pair would give its bits away where it is silent, and lack
    them where it sounds; the voice measures 0.67 dB so at 64 kb/s, 1.55 dB otherwise.
    """

    held_options = {"vbr": "on", "application": "lowdelay"}  # noqa: RUF012 - as above
