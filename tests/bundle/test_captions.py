from __future__ import annotations

from dataclasses import replace
from io import StringIO
from itertools import pairwise

import pytest
import webvtt
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import TrackMaker, contents_of, session

from serguide.base.units import SAMPLERATE, Samples
from serguide.bundle.captions import LINE, MOST_LINES, broken, captions_vtt, ground_vtt
from serguide.script.program import Origin, Spoken
from serguide.timeline.model import Event, Placed


def parsed(text):
    return webvtt.from_buffer(StringIO(text))


def seconds_of(clock):
    hours, minutes, seconds = clock.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)


def with_sentences(*texts):
    return contents_of(session(TrackMaker("hard").say(*texts).done()))


def test_one_caption_a_sentence_at_the_time_it_is_spoken(small):
    captions = parsed(captions_vtt(small)).captions
    spoken = [placed for placed in small.events() if placed[3].kind == "say"]
    assert len(captions) == len(spoken) == 7
    for caption, (_, start, end, event) in zip(captions, spoken, strict=True):
        assert caption.text.replace("\n", " ") == event.text
        assert abs(seconds_of(caption.start) - start / SAMPLERATE) <= 0.0006
        assert abs(seconds_of(caption.end) - end / SAMPLERATE) <= 0.0006


def test_the_ground_track_has_captions_of_its_own(small):
    delayed = replace(small, ground=replace(small.ground, delay=Samples(4800)))
    for contents, delay in ((small, 0), (delayed, 0.1)):
        source = ground_vtt(contents)
        assert source.startswith("WEBVTT Five to one\n\nNOTE Language: en\n")
        captions = parsed(source).captions
        told = list(small.timeline.ground.speech())
        assert [caption.text for caption in captions] == [event.text for event in told]
        for caption, event in zip(captions, told, strict=True):
            assert abs(seconds_of(caption.start) - event.start / SAMPLERATE - delay) <= 0.0006
            assert abs(seconds_of(caption.end) - event.end / SAMPLERATE - delay) <= 0.0006


def test_times_count_from_the_start_of_the_session_and_know_the_codec_delay():
    timeline = session(TrackMaker("one").say("One.").done(), TrackMaker("two").say("Two.").done())
    late = parsed(captions_vtt(contents_of(timeline, delay=4800))).captions
    first = timeline.tracks[0].frames / SAMPLERATE
    assert seconds_of(late[0].start) == pytest.approx(1.1)
    assert seconds_of(late[1].start) == pytest.approx(first + 1.1, abs=0.001)


def test_captions_never_overlap_even_when_sentences_are_shorter_than_a_millisecond():
    track = TrackMaker("fast").done()
    spoken = Spoken("word", "word", "en", Origin("fast.yaml", 1), 1)
    tiny = tuple(
        Event("say", Samples(100 + 7 * n), Samples(107 + 7 * n), 1, text=f"word {n}")
        for n in range(50)
    )
    placed = tuple(Placed(spoken, (event,)) for event in tiny)
    captions = parsed(captions_vtt(contents_of(session(replace(track, placed=placed))))).captions
    assert len(captions) == 50
    for caption, following in pairwise(captions):
        assert caption.start < caption.end <= following.start


@pytest.mark.parametrize(
    "text",
    [
        "a --> b",
        "<v Ana>hello & <i>welcome</i>",
        "tom &amp; jerry",
        "WEBVTT",
        "NOTE this is said",
        "00:00:01.000 --> 00:00:02.000",
        "a line\n\nand another",
    ],
)
def test_text_is_never_read_as_markup(text):
    source = captions_vtt(with_sentences("before", text, "after"))
    body = source.split("\n\n", 2)[2]
    assert body.count("-->") == 3
    assert "<" not in body
    captions = parsed(source).captions
    assert [caption.raw_text for caption in captions][::2] == ["before", "after"]
    expected = " ".join(text.split())
    unescaped = captions[1].raw_text.replace("\n", " ")
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        unescaped = unescaped.replace(entity, character)
    assert unescaped == expected


def test_title_and_language_stand_in_the_head_and_cannot_break_it():
    timeline = session(
        TrackMaker("x").say("Hello.").done(), title="a --> b\n\nc", language="cs", about=""
    )
    lines = captions_vtt(contents_of(timeline)).split("\n")
    assert lines[0] == "WEBVTT a --&gt; b c"
    assert lines[2] == "NOTE Language: cs"
    assert len(parsed("\n".join(lines)).captions) == 1


def test_right_to_left_text_is_left_as_it_is():
    text = "אם תרצו, עצמו את העיניים."
    assert parsed(captions_vtt(with_sentences(text))).captions[0].text == text


def test_lines_are_few_short_and_balanced():
    text = "If you like, let the next breath leave a little more slowly than it came."
    lines = list(broken(text))
    assert lines == [
        "If you like, let the next breath leave",
        "a little more slowly than it came.",
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ["Sitting or standing is fine,", "and so is stopping."],
        ["You can stay here, in the room,", "as long as it is of use to you."],
        [
            "You could lean a little to the left,",
            "and a little to the right,",
            "and find out which side was doing more.",
        ],
        ["There is nothing that has to be", "solved in this room at this moment."],
    ],
    ids=lambda lines: lines[0],
)
def test_lines_break_where_one_would_draw_breath(lines):
    assert list(broken(" ".join(lines))) == lines


def test_no_break_space_holds_a_line_together():
    text = "Une phrase assez longue pour deux lignes, tu\u00a0viens\u00a0?"
    assert broken(text)[-1].endswith("tu\u00a0viens\u00a0?")


def test_chinese_breaks_without_spaces_and_not_before_a_comma():
    text = "如果你愿意，可以闭上眼睛，或者让目光停留在一个地方，两种方式都可以，没有对错之分。"
    lines = list(broken(text))
    assert "".join(lines) == text
    assert 2 <= len(lines) <= MOST_LINES
    assert not any(line[0] in "，。" for line in lines)


@given(st.lists(st.text(alphabet="abcé—,.", min_size=1, max_size=14), min_size=1, max_size=60))
@settings(max_examples=150, deadline=None)
def test_breaking_keeps_every_word_in_three_lines_at_most(words):
    lines = list(broken(" ".join(words)))
    assert " ".join(lines) == " ".join(words)
    assert len(lines) <= MOST_LINES
    if len(" ".join(words)) <= LINE:
        assert len(lines) == 1
