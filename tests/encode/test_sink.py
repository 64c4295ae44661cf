"""What FFmpeg writes to: it is told of no error, we are told of the first."""

from __future__ import annotations

import io

import pytest

from serguide.encode.sink import Sink


class Full(io.BytesIO):
    """Holds ten bytes, then says each time in other words that it is full."""

    refused = 0

    def write(self, data: bytes) -> int:
        if self.tell() + len(data) > 10:
            self.refused += 1
            raise OSError(28, f"No space left, said {self.refused} times")
        return super().write(data)


def test_what_is_written_arrives() -> None:
    file = io.BytesIO()
    sink = Sink(file)
    assert sink.write(b"header....") == 10
    assert sink.seek(2) == sink.tell() == 2
    assert sink.write(b"AD") == 2
    assert sink.seek(0, io.SEEK_END) == 10
    sink.check()
    assert file.getvalue() == b"heADer...."


def test_the_first_error_is_kept_and_nothing_is_tried_after_it() -> None:
    file = Full()
    sink = Sink(file)
    assert sink.write(b"12345678") == 8
    sink.check()
    assert sink.write(b"90ab") == 4
    assert sink.seek(0) == sink.tell()
    assert sink.write(b"trailer") == 7
    with pytest.raises(OSError, match="said 1 times"):
        sink.check()
    assert file.getvalue() == b"12345678"
    assert file.refused == 1
