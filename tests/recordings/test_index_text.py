"""Whoever wrote an index: what is wrong is told with its place, and nothing of it is lost."""

from __future__ import annotations

import json

import pytest

from serguide.base.errors import RecordingError
from serguide.recordings.index_text import index_bytes, parse_index
from serguide.recordings.recording import Recording, chosen

GOOD = {
    "text": "Shh.", "language": "en", "original": "originals/a.m4a", "start": 1, "end": 2.5,
    "clip": "clips/shh.flac", "state": "good", "why": "", "when": "2026-11-21T20:00:00Z",
}  # fmt: skip


def written(*entries, **more):
    return json.dumps({"format": 1, "recordings": entries, **more}, indent=1).encode()


def reading(**changes):
    return Recording(**{**GOOD, "start": 1.0, **changes})


def test_what_is_written_is_read():
    index = parse_index(b'{"format": 1, "recordings": []}', "x").with_added([reading()])
    again = parse_index(index_bytes(index), "x")
    assert again.recordings == (reading(),)
    assert json.loads(index_bytes(again)) == {"format": 1, "recordings": [{**GOOD, "start": 1.0}]}


@pytest.mark.parametrize(
    ("data", "place", "words"),
    [
        (b"", "1:1", "empty"),
        (b"[]", "1:1", "no index of recordings"),
        (b'{"format": 1}', "1:1", "no index of recordings"),
        (b'{"format": 2, "recordings": []}', "1:1", "format is 2"),
        (b'{"format": true, "recordings": []}', "1:1", "format is true"),
        (b'{"format": 1, "recordings": {}}', "1:1", "no list"),
        (b'{"format": 1,\n "recordings": [{"text": "a",}]}', "2:", "damaged here"),
        (written(GOOD)[:-40], "13:", "damaged here"),
        (b'{"format": 1, "recordings": ["\xff"]}', "1:31", "not UTF-8"),
        (b'{"format": 1, "recordings": ' + b"[" * 100_000, "1:", "damaged"),
    ],
)  # fmt: skip
def test_what_is_no_index_is_refused_with_its_place(data, place, words):
    with pytest.raises(RecordingError) as caught:
        parse_index(data, "ana/recordings.json")
    assert caught.value.message.startswith(f"ana/recordings.json:{place}")
    assert words in caught.value.message
    assert "othing was changed" in caught.value.hint


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"text": None}, "“text” is no text"),
        ({"text": " "}, "“text” is empty"),
        ({"start": "1"}, "“start” is no number"),
        ({"end": 0.5}, "from 1 to 0.5"),
        ({"end": 1e400}, "from 1 to inf"),
        ({"state": "fine"}, "may be good or doubtful"),
        ({"original": "../../etc/passwd"}, "“original” leads out"),
        ({"clip": "/tmp/x.flac"}, "“clip” leads out"),
        ({"clip": "C:\\x.flac"}, "“clip” leads out"),
    ],
)
def test_an_entry_that_cannot_be_used_is_told_left_out_and_kept(change, words):
    bad = {**GOOD, **change}
    index = parse_index(written(GOOD, bad, {**GOOD, "text": "Later."}), "r.json")
    (problem,) = index.problems
    assert words in problem.message
    assert (problem.line, problem.column) == (15, 3)
    assert [each.text for each in index.recordings] == ["Shh.", "Later."]
    kept = json.loads(index_bytes(index.with_added([reading(text="New.")])))["recordings"]
    assert kept[1] == json.loads(json.dumps(bad))
    assert len(kept) == 4


@pytest.mark.parametrize("entry", ["words", 7, None, [], {"text": "a"}])
def test_what_is_no_entry_is_kept_too(entry):
    index = parse_index(written(entry, GOOD), "r.json")
    assert len(index.problems) == 1
    assert json.loads(index_bytes(index))["recordings"] == [entry, GOOD]


def test_what_a_hand_added_stays():
    noted = {**GOOD, "note": "in the kitchen"}
    index = parse_index(b"\xef\xbb\xbf" + written(noted, owner="Ana"), "r.json")
    assert not index.problems
    kept = json.loads(index_bytes(index.with_added([reading(text="New.")])))
    assert kept["owner"] == "Ana"
    assert kept["recordings"][0] == noted


def test_the_last_good_reading_counts_and_a_doubtful_one_never_hides_it():
    first, second = reading(original="originals/1.wav"), reading(original="originals/2.wav")
    doubtful = reading(original="originals/3.wav", state="doubtful", why="too soft")
    key = first.key
    assert chosen([first, second])[key] == second
    assert chosen([first, doubtful])[key] == first
    assert chosen([doubtful, first])[key] == first
    assert chosen([doubtful])[key] == doubtful


def test_a_sentence_is_found_by_its_words_and_language():
    assert reading(text="So,  here\nyou are.").key == reading(text="So, here you are.").key
    assert reading(text="Žádný spěch.").key == reading(text="Z\u030ca\u0301dný spě\u00adch.").key
    assert reading(language="en-GB").key == reading(language="en_gb").key
    assert reading(language="en").key != reading(language="de").key
    assert reading(text="Shh.").key != reading(text="shh").key
