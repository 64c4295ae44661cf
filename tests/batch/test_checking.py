"""All that is wrong in a table is told at once, and nothing is made meanwhile."""

from __future__ import annotations

import time

import pytest
from clinics import common, table

from serguide import api


def read(folder, *rows, head="client,session,name"):
    return api.read_batch(table(folder, *rows, head=head), folder / "out", common(folder))


def test_a_good_table_is_ready(tmp_path):
    batch = read(tmp_path, "ana,rest,Ana", "eva,rest,")
    assert batch.ready, batch.problems
    assert [request.target.name for request in batch.requests] == ["ana", "eva"]
    assert [dict(request.values) for request in batch.requests] == [{"name": "Ana"}, {}]
    assert batch.kinds == 2, "one with a value, one without"
    assert all(frames > 48_000 for frames in batch.frames)
    assert not (tmp_path / "out").exists()


def test_every_problem_is_told_at_once_with_row_and_column(tmp_path):
    batch = read(
        tmp_path,
        "ana,rst,20,espeek,rain-of-nowhere,mp4,Ana,",
        "Ana,rest,200m,,,,x,y",
        "../x,rest,,,,,,",
        ",rest,,,,,,",
        "ok,,,,,,,",
        head="client,session,length,voice,soundscape,format,name,nam",
    )
    found = {(each.line, each.column, each.code) for each in batch.problems}
    assert found == {
        (2, 2, "B013"), (2, 3, "B010"), (2, 4, "B013"), (2, 5, "B013"), (2, 6, "B011"),
        (3, 1, "B008"), (3, 3, "B013"), (3, 8, "B013"), (4, 1, "B007"), (5, 1, "B007"),
        (6, 2, "B009"),
    }  # fmt: skip
    hints = {each.column: each.hint for each in batch.problems if each.line == 2}
    assert hints[2] == "did you mean `rest`?"
    assert hints[4].startswith("Did you mean `espeak`?")
    assert not batch.ready


@pytest.mark.parametrize(
    ("head", "told"),
    [("client,name", "session"), ("session,name", "client"), ("clients,session", "client")],
)
def test_a_missing_column_is_told(tmp_path, head, told):
    batch = read(tmp_path, "a,b", head=head)
    assert any(f"no column “{told}”" in each.message for each in batch.problems)


def test_a_session_that_is_wrong_itself_names_the_rows_cell(tmp_path):
    batch_common = common(tmp_path)
    scripts = tmp_path / "library" / "scripts"
    (scripts / "bad.yaml").write_text("title: Bad\nkind: nothing\ncues: []\n", encoding="utf-8")
    path = table(tmp_path, "ana,bad,Ana", "eva,bad,Eva")
    batch = api.read_batch(path, tmp_path / "out", batch_common)
    assert [each.line for each in batch.problems if each.code == "B015"] == [2, 3]
    assert any(each.path.endswith("bad.yaml") for each in batch.problems)


def test_a_language_picks_the_session_of_that_language(tmp_path):
    path = table(tmp_path, "ana,the-first-evening,cs", "eva,rest,cs", "ida,rest,en",
                 head="client,session,language")  # fmt: skip
    batch = api.read_batch(path, tmp_path / "out", common(tmp_path))
    assert str(batch.requests[0].what) == "the-first-evening-cs"
    assert [(each.line, each.column, each.code) for each in batch.problems] == [(3, 3, "B014")]


def test_each_combination_is_prepared_once(tmp_path):
    """A thousand rows of a kind cost far less than a thousand checks."""

    def took(count):
        rows = [f"c{number},rest,Name {number}" for number in range(count)]
        began = time.process_time()
        batch = read(tmp_path, *rows)
        assert batch.ready
        assert batch.kinds == 1
        return time.process_time() - began

    took(1)
    assert took(2000) < 40 * took(1)


def test_ten_thousand_rows_of_twelve_kinds_are_twelve_checks(tmp_path, monkeypatch):
    asked, prepare = [], api.prepare
    monkeypatch.setattr(api, "prepare", lambda *args, **kw: asked.append(1) or prepare(*args, **kw))
    forms, therapists = ("mp3", "m4a", "opus", "flac"), ("", "Dr. Eva", "Dr. Ida")
    rows = [
        f"c{row},rest,{forms[row % 4]},{therapists[row % 3]},Name {row}" for row in range(10_000)
    ]
    batch = read(tmp_path, *rows, head="client,session,format,supervised_by,name")
    assert (batch.ready, len(batch.rows), batch.kinds) == (True, 10_000, 12)
    assert len(asked) == 12


def test_no_repr_shows_a_client(tmp_path):
    batch = read(tmp_path, "zofie,rest,Zuzana")
    for told in (repr(batch.rows), repr(batch.requests[0])):
        assert "Zuzana" not in told
    assert "zofie" not in repr(batch.rows)
