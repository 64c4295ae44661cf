"""M4A encoder: AAC in MP4, for players from Apple."""

from __future__ import annotations

from serguide.encode.av import AvEncoder


class M4aEncoder(AvEncoder):
    """Write AAC-LC: 128 kb/s stereo or 80 kb/s mono.

    The edit list says where the samples begin and end, to the sample. A decoder may still
    give the rest of the last AAC frame, up to 1,023 samples of silence, behind them.
    """

    container = "ipod"
    codec = "aac"
    sample_format = "fltp"
    bit_rates = {1: 80_000, 2: 128_000}  # noqa: RUF012 - annotated where it is declared
    # The edit list counts in the movie's time scale, which would be milliseconds.
    container_options = {"movie_timescale": "48000"}  # noqa: RUF012 - as above
