"""Tables are read as Excel and others write them, and it is said how."""

from __future__ import annotations

import pytest

from serguide.base.errors import ScriptError
from serguide.batch.table import read_table

TEXT = "client;session;name\r\nžofie;rest;Žofie\r\n"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (TEXT.encode(), "CSV, UTF-8, semicolons"),
        (TEXT.encode("utf-8-sig"), "CSV, UTF-8 with a byte order mark, semicolons"),
        (TEXT.encode("cp1250"), "CSV, Windows-1250, semicolons"),
        (TEXT.encode("utf-16"), "CSV, UTF-16, semicolons"),
        (TEXT.replace(";", ",").encode(), "CSV, UTF-8, commas"),
        (TEXT.replace(";", "\t").encode("utf-16"), "CSV, UTF-16, tabs"),
        (b"sep=;\r\n" + TEXT.encode(), "CSV, UTF-8, semicolons"),
        (TEXT.replace("\r\n", "\n\n").encode(), "CSV, UTF-8, semicolons"),
        (TEXT.replace("\r\n", "\r").encode(), "CSV, UTF-8, semicolons"),
    ],
)
def test_every_way_of_saving_gives_the_same_rows(tmp_path, data, told):
    path = tmp_path / "t.csv"
    path.write_bytes(data)
    table = read_table(path)
    assert table.read_as == told
    assert table.problems == ()
    (row,) = table.rows
    assert {name: cell.text for name, cell in row.items()} == {
        "client": "žofie", "session": "rest", "name": "Žofie",
    }  # fmt: skip


def test_yaml_is_a_list_of_rows(tmp_path):
    path = tmp_path / "t.yaml"
    path.write_text("- client: ana\n  session: rest\n  name: no\n- {client: eva, session: rest}\n")
    table = read_table(path)
    assert [row["client"].text for row in table.rows] == ["ana", "eva"]
    assert table.rows[0]["name"].text == "no", "a word, and no boolean"
    assert (table.rows[1]["client"].line, table.rows[1]["client"].column) == (4, 12)


def test_a_named_encoding_is_taken(tmp_path):
    path = tmp_path / "t.csv"
    path.write_bytes("client,session,name\nx,rest,¥\n".encode("cp1252"))
    assert read_table(path, "cp1252").rows[0]["name"].text == "¥"


def test_cells_keep_their_places_behind_lines_in_quotes(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text('client,session,name\na,rest,"two\nlines"\nb,rest,x\n', encoding="utf-8")
    assert [row["client"].line for row in read_table(path).rows] == [2, 4]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PK\x03\x04rest of a workbook", "B001"),
        (b"client;session\nx;\x81\xff\n", "B002"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path, data, code):
    path = tmp_path / "t.csv"
    path.write_bytes(data)
    with pytest.raises(ScriptError) as refused:
        read_table(path)
    assert [problem.code for problem in refused.value.problems] == [code]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("client,session\na,rest,more\n", [(2, 3, "B004")]),
        ("client,session,session\na,rest,rest\n", [(1, 3, "B005"), (2, 3, "B004")]),
        ('client,session\na,"re"st\n', [(2, 1, "B003")]),
    ],
)
def test_a_table_out_of_form_is_told_by_place(tmp_path, text, places):
    path = tmp_path / "t.csv"
    path.write_text(text, encoding="utf-8")
    found = [(each.line, each.column, each.code) for each in read_table(path).problems]
    assert found == places


def test_no_file_is_told(tmp_path):
    with pytest.raises(ScriptError, match="no such file"):
        read_table(tmp_path / "none.csv")
    with pytest.raises(ScriptError, match="is no file"):
        read_table(tmp_path)
