"""Every spoken word of a document is spoken, once and in order, whatever stands between."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from documents import word, word_of
from hypothesis import given, settings
from hypothesis import strategies as st

from serguide.base.errors import DocumentError
from serguide.importing.assumptions import Assumptions
from serguide.importing.drafting.cleaning import clean
from serguide.importing.drafting.yaml_writer import script_yaml
from serguide.importing.importer import draft_document
from serguide.script.cues import SayCue
from serguide.script.reading import read_source
from serguide.script.text import TextSentence, fill, parse_text

WORDS = """
lake stone it's o'clock door and the of light a garden you're well-worn window
Wasser größer über Stühle und leuchtet dass Ufer
jezero hvězda řeka můžete břeh a že tichounce žluťoučký
jazero hviezda rieka môžete breh ľahko vŕba
l’étang forêt où c’est très près déjà
lago corazón niño está río árbol mañana
7 1984 Ωmega 静か дом
""".split()  # noqa: SIM905  (six languages, a line each)

SILENT = [
    "(pause 10 seconds)", "[pause 6s]", "[PAUSE:5]", "[pause:1000]", "[Pause.]", "(long pause)",
    "(long pause, 6 seconds)", "[Be quiet for one minute.]", "...", "…", ". . .", "……", "/5s",
    "(For 10 breaths)", "[Pause for 3 breath cycles]", "(softly)", "*softly*",
    "(NOTE: not too fast, please)", "[Beginning]", "[Pause : 5 secondes]", '<break time="3s"/>',
    '<break strength="weak"/>', "[[slnc 700]]", "(Pause 5 Sekunden)", "(dlouhá pauza)",
    "(krátka pauza)", "(pausa larga)", "[silence]", "(in for 4, out for 6, 10 times)",
    "[therapist waits]", "(leise)", "(tiše)", "(potichu)", "(doucement)", "(suavemente)",
]  # fmt: skip

SPOKEN_WORD = re.compile(r"[^\W_]+")

runs = st.lists(st.sampled_from(WORDS), min_size=1, max_size=7).flatmap(
    lambda words: st.sampled_from([".", ",", "!", "?", ";", ""]).map(
        lambda stop: " ".join(words) + stop
    )
)
paragraphs = st.lists(
    st.lists(st.tuples(st.booleans(), runs, st.sampled_from(SILENT)), min_size=1, max_size=6),
    min_size=1,
    max_size=5,
)


def words_of(text):
    return SPOKEN_WORD.findall(text)


def spoken_words(path):
    """Return the words that a document's script speaks, in order."""
    drafts, log = draft_document(path, Assumptions())
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for number, draft in enumerate(drafts):
            script = Path(folder) / f"script-{number}.yaml"
            script.write_text(script_yaml(draft), encoding="utf-8")
            model = read_source(script).model  # raises ScriptError for any fault of the language
            for cue in model.cues:
                if isinstance(cue, SayCue):
                    for part in fill(parse_text(cue.say), model.values, model.language):
                        found += words_of(part.text) if isinstance(part, TextSentence) else []
    return found, log.decisions


def rows_of(drawn):
    """Return paragraphs as texts with notations, and the words that are to be spoken."""
    rows, expected = [], []
    for paragraph in drawn:
        row = []
        for silent_first, run, silent in paragraph:
            row += [silent, run] if silent_first else [run, silent]
            expected += words_of(run)
        rows.append(" ".join(row))
    return rows, expected


def check(data, name, expected):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        assert spoken_words(path)[0] == expected


@settings(max_examples=60, deadline=None)
@given(paragraphs)
def test_of_plain_text(drawn):
    rows, expected = rows_of(drawn)
    check(("A title\n\n" + "\n\n".join(rows) + "\n").encode(), "a.txt", expected)


@settings(max_examples=40, deadline=None)
@given(paragraphs)
def test_of_markdown(drawn):
    rows, expected = rows_of(drawn)
    check(("# A title\n\n" + "\n\n".join(rows) + "\n").encode(), "a.md", expected)


@settings(max_examples=40, deadline=None)
@given(paragraphs)
def test_of_word(drawn):
    rows, expected = rows_of(drawn)
    check(word_of(rows), "a.docx", expected)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["kept", "ins", "del", "moved"]), runs), min_size=1, max_size=12
    )
)
def test_of_word_with_tracked_changes(drawn):
    parts, expected = ["<w:r><w:t>Begin.</w:t></w:r>"], ["Begin"]
    for kind, run in drawn:
        said = f'<w:r><w:t xml:space="preserve"> {run}</w:t></w:r>'
        gone = f"<w:del><w:r><w:delText> {run}</w:delText></w:r></w:del>"
        parts.append(
            {
                "kept": said,
                "ins": f"<w:ins>{said}</w:ins>",
                "del": gone,
                "moved": f"<w:moveFrom>{said}</w:moveFrom>",
            }[kind]
        )
        if kind in ("kept", "ins"):
            expected += words_of(run)
    check(word(f"<w:body><w:p>{''.join(parts)}</w:p></w:body>"), "a.docx", expected)


@settings(max_examples=30, deadline=None)
@given(st.lists(runs, min_size=2, max_size=8), st.integers(1, 9))
def test_of_phrase_files(drawn, seconds):
    phrases = [run.replace(";", ",") for run in drawn]
    text = "".join(f"{phrase};{seconds}.5\n*; {seconds}\n" for phrase in phrases)
    check(text.encode(), "a.txt", [word for phrase in phrases for word in words_of(phrase)])


TRICKY = st.text(
    alphabet=st.sampled_from([*"ab P0159.,;:!?…()[]{}<>/*_#\"'“”„-–\n\t|&%@`~\\éř"]),
    max_size=60,
)
MIXED = st.lists(
    st.one_of(TRICKY, st.sampled_from(SILENT), st.sampled_from(WORDS)), min_size=1, max_size=12
).map("".join)


@settings(max_examples=150, deadline=None)
@given(MIXED, st.sampled_from(["a.txt", "a.md"]))
def test_of_any_text_no_word_is_lost_without_being_told(text, name):
    """Whatever is not spoken stands in the report; and no script has a fault of the language."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_text(text, encoding="utf-8", newline="\n")
        try:
            spoken, decisions = spoken_words(path)
        except DocumentError:
            return
    if name.endswith(".md"):
        return  # words may be joined or parted where marks of Markdown were
    told = " ".join(f"{each.written} {each.became}" for each in decisions)
    known = {*spoken, *words_of(told)}
    assert [word for word in words_of(clean(text)) if word not in known] == []
    assert all(word in clean(text) for word in spoken)
