"""The report: every decision with its place, what is left, dropped, assumed; nothing unsaid."""

from __future__ import annotations

from fractions import Fraction

import pytest
from documents import CASES, imported, word, word_of

from serguide.importing.assumptions import Assumptions
from serguide.importing.drafting.yaml_writer import script_yaml
from serguide.importing.importer import draft_document


def decided(case, tmp_path):
    _, decisions = imported(CASES / case, tmp_path)
    return [(each.line, each.verdict, each.written) for each in decisions]


def of_text(tmp_path, text, assumptions=None, name="a.txt"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    drafts, log = draft_document(path, assumptions or Assumptions())
    return script_yaml(drafts[0]), log.decisions


def test_tracked_changes_are_told(tmp_path):
    assert {
        (2, "dropped", "cold"),
        (2, "taken", "warm from the day"),
        (3, "dropped", "The gate stands open."),
        (4, "taken", "The gate stands open."),
        (5, "dropped", "ask about the knee"),
        (5, "left", "Perhaps "),
        (0, "dropped", "A practice in Brno"),
    } <= set(decided("word-tracked-changes.docx.xml", tmp_path))


def test_what_word_has_beside_paragraphs_is_told(tmp_path):
    found = decided("word-everything.docx.xml", tmp_path)
    assert {
        (2, "dropped", "The shed 2"),
        (4, "taken", "Any shed will do."),
        (4, "taken", "Is this true?"),
        (7, "taken", "a table of 1 rows"),
        (9, "dropped", "Click to enter text"),
        (10, "taken", "A note on the door: back soon."),
        (10, "dropped", "a watering can"),
    } <= set(found)
    assert found.count((10, "taken", "A note on the door: back soon.")) == 1


def test_what_open_document_has_is_told(tmp_path):
    assert {
        (2, "dropped", "quickly"),
        (2, "taken", "when it leaves"),
        (2, "taken", "Say the river's name."),
        (4, "taken", "ring it?"),
        (8, "dropped", "a ferry"),
    } <= set(decided("open-document.odt.xml", tmp_path))


def test_what_rich_text_loses_is_told(tmp_path):
    found = {(verdict, written) for _, verdict, written in decided("rich-text.rtf", tmp_path)}
    assert {("dropped", "Pomalu."), ("dropped", "A practice in Brno")} <= found


def test_what_markup_loses_is_told(tmp_path):
    found = [written for _, verdict, written in decided("polly.ssml", tmp_path)
             if verdict == "dropped"]  # fmt: skip
    assert '<prosody rate="slow">' in found
    assert '<effect name="whispered">' in found
    google = decided("google.ssml", tmp_path)
    assert any(line == 5 and "rain sounds" in written for line, _, written in google)
    azure = decided("azure.ssml", tmp_path)
    assert (5, "dropped", '<silence type="Sentenceboundary" value="200ms">') in azure
    assert (10, "assumed", "<break>") in azure


def test_what_markdown_loses_is_told(tmp_path):
    found = set(decided("markdown-everything.md", tmp_path))
    assert {
        (4, "taken", "for Tuesday's group"),
        (6, "taken", "Say the name of the place, if there is one."),
        (6, "dropped", "https://example.org/door"),
        (8, "dropped", "the door"),
        (20, "dropped", "***"),
        (23, "left", "Kept as it stands."),
    } <= found


def test_places_are_those_of_the_lines(tmp_path):
    _, decisions = of_text(tmp_path, "A title\n\nOne.\nTwo... (softly)\n\nThree.\n[Pause]\n")
    found = {(each.written, each.line) for each in decisions if each.line}
    assert found == {("A title", 1), ("...", 4), ("(softly)", 4), ("[Pause]", 7)}


def test_what_looks_like_a_pause_and_is_spoken_is_told(tmp_path):
    found = decided("looks-like-a-pause.txt", tmp_path)
    assert (3, "left", "pause") in found
    assert (4, "left", "(10)") in found


def test_breaths_that_are_not_plain_are_told(tmp_path):
    found = decided("breathing-english.txt", tmp_path)
    assert (9, "left", "Breathe in for four and out for six.") in found
    assert (5, "taken", "Breathe in for four, and out for six, ten times.") in found


@pytest.mark.parametrize(
    ("data", "page"),
    [("code-page-1250.txt", "cp1250"), ("code-page-1252.txt", "cp1252"), ("utf-16.txt", "UTF-16")],
)
def test_encodings_are_told(tmp_path, data, page):
    assert page in [written for line, _, written in decided(data, tmp_path) if line == 0]


def test_defaults_and_answers_are_told_apart(tmp_path):
    text = "A title\n\nOne... two. (long pause) Three.\n"
    _, decisions = of_text(tmp_path, text)
    told = [each.became for each in decisions if each.verdict == "assumed"]
    assert told == ["2s, the default for an ellipsis (…)", "10s, the default for a long pause"]
    asked = Assumptions(lengths=(("ellipsis", Fraction(3)), ("long", Fraction(20))))
    script, decisions = of_text(tmp_path, text, asked)
    told = [each.became for each in decisions if each.verdict == "assumed"]
    assert told == ["3s, given for an ellipsis (…)", "20s, given for a long pause"]
    assert "[3s]" in script
    assert "rest: 20s" in script


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [("guess", ("5s", "1s")), ("seconds", ("5s", "16m40s")), ("milliseconds", ("0.005s", "1s"))],
)
def test_numbers_without_a_unit(tmp_path, numbers, expected):
    script, _ = of_text(
        tmp_path, "A title\n\nOne, [pause:5] two, [pause:1000] three.\n",
        Assumptions(numbers=numbers),
    )  # fmt: skip
    assert f"One, [{expected[0]}] two, [{expected[1]}] three." in script


def test_language_and_kind_are_proposed_unless_given(tmp_path):
    text = "A title\n\nThe feet are on the floor, and the chair is under you.\n"
    script, decisions = of_text(tmp_path, text)
    assert "kind: grounding\nlanguage: en\n" in script
    assert [each.written for each in decisions if each.verdict == "proposed"] == [
        "language: en", "kind: grounding",
    ]  # fmt: skip
    script, decisions = of_text(tmp_path, text, Assumptions(language="en-GB", kind="imagery"))
    assert "kind: imagery\nlanguage: en-GB\n" in script
    assert [each for each in decisions if each.verdict == "proposed"] == []


def test_thirty_pages_of_word(tmp_path):
    """Some 12,000 words in headings, paragraphs, tables and changes; every page is there."""
    rows = []
    for page in range(1, 31):
        style = '<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>'
        rows.append(f"<w:p>{style}<w:r><w:t>Page {page}</w:t></w:r></w:p>")
        for number in range(20):
            text = f"On page {page} there is a bench, and you may sit for a while, time {number}. "
            changed = "<w:del><w:r><w:delText>quickly</w:delText></w:r></w:del>"
            rows.append(
                f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r>{changed}'
                f"<w:r><w:t>(pause {number + 1} seconds) Leaves fall slowly.</w:t></w:r></w:p>"
            )
    path = tmp_path / "thirty.docx"
    path.write_bytes(word(f"<w:body>{''.join(rows)}</w:body>"))
    drafts, log = draft_document(path, Assumptions())
    (draft,) = drafts
    assert [cue.text for cue in draft.cues if cue.kind == "chapter"] == [
        f"Page {page}" for page in range(1, 31)
    ]
    assert draft.spoken.count("Leaves fall slowly.") == 600
    assert sum(float(cue.length) for cue in draft.cues) >= 30 * sum(range(5, 21))
    assert sum(each.written == "quickly" for each in log.decisions) == 600
    split, _ = draft_document(path, Assumptions(split=True))
    assert [each.title for each in split] == [f"Page {page}" for page in range(1, 31)]


def test_a_word_document_of_plain_lines(tmp_path):
    path = tmp_path / "lines.docx"
    path.write_bytes(word_of(["• one stone", "• two stones", "Then (pause 3 seconds) home."]))
    (draft,), _ = draft_document(path, Assumptions())
    assert draft.spoken == "one stone\ntwo stones\nThen [3s] home."
