from __future__ import annotations

from samples import TrackMaker, contents_of, session

from serguide.bundle.playlist import playlist_m3u8


def test_the_whole_playlist(small):
    assert playlist_m3u8(small) == (
        "#EXTM3U\n#EXTENC:UTF-8\n#PLAYLIST:The first evening\n"
        "#EXTINF:39,Arriving here\ntracks/01-arriving-here.mp3\n"
        "#EXTINF:53,Easy six\ntracks/02-easy-six.mp3\n"
    )


def test_a_title_stays_in_its_line():
    track = TrackMaker("x", title="one\n#EXTINF:1,two").say("Hello.").done()
    lines = playlist_m3u8(contents_of(session(track))).splitlines()
    assert lines[3].endswith("one #EXTINF:1,two")
    assert len(lines) == 5
