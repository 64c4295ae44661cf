from __future__ import annotations

from samples import TrackMaker, contents_of, session

from serguide.bundle.transcript import transcript_txt

SMALL = """\
The first evening
=================

For the evening after a session of bodywork.

2 minutes · ends awake

Sit or lie somewhere safe, not while driving or using machines. You can stop at any time, and \
“Come back to the room” is always here.

Arriving here
=============

If you like, close your eyes, or rest them on one spot. Either is fine.

Notice where your back meets the chair.

Easy six
========

Let the next breath leave a little more slowly than it came.

Breathing: in 4 seconds, out 6 seconds, 3 times

On its own
----------

Now let your breath find its own way.

Come back to the room
=====================

Look around. Name five things that you can see.

Four things that you can hear.

You are here, in this room.

Read by a synthetic voice (espeak:en-us, eSpeak NG, GPL-3.0-or-later).
"""


def test_the_whole_transcript(small):
    assert transcript_txt(small) == SMALL


def test_two_breathing_blocks_are_told_apart():
    track = (
        TrackMaker("b", "breathing")
        .breathe(cycles=2, guide=0, in_=3, out=5)
        .breathe(cycles=1, guide=0, in_=4, hold=2, out=6, rest=1)
        .done()
    )
    text = transcript_txt(contents_of(session(track, about="")))
    assert "Breathing: in 3 seconds, out 5 seconds, 2 times\n" in text
    assert "Breathing: in 4 seconds, hold 2 seconds, out 6 seconds, rest 1 second, once\n" in text


def test_a_block_that_is_included_twice_is_told_twice():
    maker = TrackMaker("b", "breathing").breathe(cycles=2, guide=0, in_=4, out=6)
    maker.line -= 1
    track = maker.breathe(cycles=2, guide=0, in_=4, out=6).done()
    text = transcript_txt(contents_of(session(track)))
    assert text.count("in 4 seconds, out 6 seconds, 2 times") == 2


def test_a_breath_speaks_the_sessions_language():
    track = TrackMaker("d", language="cs").breathe(cycles=5, guide=0, in_=4, out=6).done()
    text = transcript_txt(contents_of(session(track, language="cs", ending="sleep")))
    assert "Dýchání: nádech 4 sekundy, výdech 6 sekund, 5krát" in text
    assert "k usínání" in text
    assert text.rstrip().splitlines().count("Návrat do místnosti") == 1


def test_a_sentence_right_after_breathing_is_told():
    track = TrackMaker("b").breathe(cycles=1, guide=1, in_=4, out=6).say("And now rest.").done()
    text = transcript_txt(contents_of(session(track)))
    assert "And now rest." in text
    assert "Breathe in" not in text
