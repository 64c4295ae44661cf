"""The QR code, read by a decoder that is not ours."""

from __future__ import annotations

import base64
from urllib.parse import unquote

import numpy as np
import pytest
import zxingcpp
from handout_cases import URL

from serguide.base.errors import UsageError
from serguide.drawing.raster import png_of
from serguide.handout.qr_code import LONGEST, check_address, qr_data_uri


def read(uri):
    """Return what a phone would read in an SVG of a data URI."""
    import io

    import av

    head, _, body = uri.partition(",")
    svg = base64.b64decode(body).decode() if "base64" in head else unquote(body)
    svg = svg.replace("<svg ", '<svg width="480" height="480" ', 1)
    with av.open(io.BytesIO(png_of(svg))) as container:
        frame = next(container.decode(video=0))
    grey = np.ascontiguousarray(frame.to_ndarray(format="gray"))
    return [found.text for found in zxingcpp.read_barcodes(grey)]


@pytest.mark.parametrize(
    "url", [URL, "http://10.0.0.2:8080/a?b=%C4%8D#c", "https://e.org/" + "x" * 200]
)
def test_a_phone_reads_the_address(url):
    check_address(url)
    assert read(qr_data_uri(url)) == [url]


@pytest.mark.parametrize(
    "url",
    [
        "example.org",
        "file:///home/ana/page.html",
        "javascript:alert(1)",
        "https://",
        "https://[::1",
        "https://exa mple.org",
        "https://příklad.cz/",
        "https://example.org/\u202e",
        "https://example.org/" + "x" * LONGEST,
    ],
)
def test_what_a_phone_would_not_open_is_refused(url):
    with pytest.raises(UsageError):
        check_address(url)
