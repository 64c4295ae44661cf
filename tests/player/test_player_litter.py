"""Asking for a sound device leaves nothing behind in the temporary folder."""

from __future__ import annotations

import tempfile
from pathlib import Path

import miniaudio
import pytest

from serguide.base.errors import SoundError
from serguide.player.audio.device import DeviceOutput


@pytest.mark.parametrize("server", [True, False])
def test_the_folder_of_a_sound_server_stays_where_there_is_one(tmp_path, monkeypatch, server):
    """As PulseAudio's library does: a folder for its server's socket, whether or not one lives."""
    (tmp_path / "pulse-ours").mkdir()

    def none(**_options):
        (tmp_path / "pulse-new").mkdir()
        if server:
            (tmp_path / "pulse-new" / "native").touch()
        raise miniaudio.MiniaudioError("failed to init device", -401)

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(miniaudio, "PlaybackDevice", none)
    with pytest.raises(SoundError):
        DeviceOutput()
    left = {path.name for path in Path(tmp_path).glob("pulse-*")}
    assert left == {"pulse-ours"} | ({"pulse-new"} if server else set())
