"""Names of clients' folders are safe on every disk."""

from __future__ import annotations

import pytest

from serguide.batch.client_folders import same_folder, wrong_with


@pytest.mark.parametrize(
    "name",
    [
        "", "..", ".", ".hidden", "a/b", "a\\b", "/etc", "C:", "con", "NUL.txt", "Lpt1", "a.", "x*",
        "a\x00b", "a\u202eb", "x" * 200, "é" * 70, "batch.json", "a\nb",
    ],
)  # fmt: skip
def test_hostile_names_are_refused(name):
    assert wrong_with(name)


@pytest.mark.parametrize("name", ["ana", "Ana Nováková", "小林", "client-17", "o'neill", "a.b"])
def test_names_of_people_are_taken(name):
    assert wrong_with(name) is None


def test_one_folder_on_some_disk():
    assert same_folder("Ana") == same_folder("ANA")
    assert same_folder("Zo\u00eb") == same_folder("Zoe\u0308")
    assert same_folder("Ana") != same_folder("Anna")
