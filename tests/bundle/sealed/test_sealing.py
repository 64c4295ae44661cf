"""A sealed page tells nothing, opens for an independent reader, and comes back as a bundle."""

from __future__ import annotations

import filecmp
import json
import re
import shutil
from html.parser import HTMLParser

import pytest
from cryptography.exceptions import InvalidTag
from private import LIBRARY, PHRASE
from sealed_reader import envelope, read

from serguide.base.errors import BundleError, UsageError
from serguide.bundle.inventory import inventory
from serguide.bundle.page.lock_page import lock_page
from serguide.bundle.sealed.envelope import sealed
from serguide.bundle.sealed.packing import packed
from serguide.bundle.sealed.sealing import known_words, seal_bundle, unseal_page


@pytest.fixture(scope="session")
def sealed_path(private_bundle, tmp_path_factory):
    return seal_bundle(private_bundle, tmp_path_factory.mktemp("s") / "for-you.html", PHRASE).path


@pytest.fixture(scope="session")
def page(sealed_path):
    return sealed_path.read_text(encoding="utf-8")


def files_of(folder):
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


def test_a_reader_written_from_the_docs_reads_it(page, private_bundle):
    assert read(page, f"\u00a0{PHRASE.upper()}\n") == files_of(private_bundle)
    assert envelope(page)["rounds"] == 1_000_000


def test_a_page_that_was_sealed_with_words_of_before_opens(private_bundle, tmp_path):
    """Words that no passphrase is made of any more are in pages that were given away."""
    phrase = "graves cult sinner unloved casket prison"
    page = seal_bundle(private_bundle, tmp_path / "before.html", phrase).path
    assert read(page.read_text(encoding="utf-8"), phrase) == files_of(private_bundle)


def test_another_passphrase_does_not_open_it(page):
    with pytest.raises(InvalidTag):
        read(page, PHRASE.replace("sepia", "sepias"))


class Texts(HTMLParser):
    """All that a page says: texts, attributes, scripts and styles, but not the payload."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found += [value or "" for _, value in attrs]

    def handle_data(self, data):
        self.found.append(data)


def words_of(text):
    return set(re.findall(r"[^\W\d_]{3,}", text.lower()))


def neutral(language="en"):
    """What stands in every sealed page of a language, whatever is in it."""
    player = "<style></style><script></script>"
    return b"".join(lock_page({}, player, language)).decode()


def test_no_word_of_the_session_stands_outside(page, private_bundle):
    """Every word of title, text and names; but those that every sealed page has are no telling."""
    said = " ".join(Texts(page).found)
    sealed = envelope(page)
    for value in (sealed["payload"], sealed["wrapped_key"]):
        said = said.replace(value, "")
    transcript = (private_bundle / "transcript.txt").read_text(encoding="utf-8")
    manifest = (private_bundle / "session.json").read_text(encoding="utf-8")
    theirs = words_of(
        " ".join([*LIBRARY.values(), transcript, manifest, *files_of(private_bundle)])
    )
    assert {"ptarmigan", "yevgenia", "quimby", "bartholomea", "wickerwork", "kraniche"} <= theirs
    known = words_of(neutral())
    assert (theirs & words_of(said)) - known == set()
    for word in theirs - known:
        assert not re.search(rf"\b{word}\b", said, re.I), word


def test_a_page_differs_from_any_other_by_nothing_but_ciphertext_and_the_players_hashes(page):
    other = neutral()
    outside = page.replace(json.dumps(envelope(page)), "{}")
    hashes = re.compile(r"'sha256-[\w+/=]+'")
    assert hashes.sub("", outside).replace("  ", " ") == hashes.sub("", other).replace("  ", " ")
    assert "data:image/png" not in page
    assert "data:audio" not in page


def test_two_sessions_have_the_same_policy(page, private_bundle):
    """The hashes are of the player's code, which is the same for all."""
    player = (private_bundle / "index.html").read_text(encoding="utf-8")
    another = player.replace("Yevgenia", "Somebody").replace("ptarmigan", "heron")
    assert another != player
    pages = [b"".join(lock_page({}, text, "en")) for text in (player, another)]
    assert pages[0] == pages[1]


@pytest.mark.parametrize("language", ["en", "cs", "sk", "de"])
def test_a_number_to_call_is_called_by_a_tap(language):
    page = b"".join(lock_page({}, "", language)).decode()
    danger = re.search(r'<p class="quiet danger">(.*?)</p>', page)[1]
    numbers = re.findall(r"\d{3}", re.sub(r"<[^>]*>", "", danger))
    assert "112" in numbers
    assert re.findall(r'<a href="tel:(\d{3})">', danger) == numbers


@pytest.mark.parametrize(
    ("language", "shown", "title"),
    [
        ("en-GB", "en", "Closed with a passphrase"),
        ("cs", "cs", "Zamčeno heslem"),
        ("sk", "sk", "Zamknuté heslom"),
        ("de-AT", "de", "Mit einem Passwort geschützt"),
        ("is", "en", "Closed with a passphrase"),
    ],
)
def test_the_page_speaks_the_sessions_language_where_it_can(language, shown, title):
    page = neutral(language)
    assert f'<html lang="{shown}" dir="ltr">' in page
    assert f"<title>{title}</title>" in page
    assert "iPad" in page.partition("<noscript>")[2].partition("</noscript>")[0]
    assert "112" in page


def test_the_bundle_comes_back_whole(sealed_path, private_bundle, tmp_path):
    target = unseal_page(sealed_path, PHRASE, tmp_path / "back")
    assert files_of(target) == files_of(private_bundle)
    assert inventory(target).owned_by_others == ()


def test_a_light_page_is_about_half_and_comes_back_without_tracks(private_bundle, tmp_path):
    shutil.copytree(private_bundle, tmp_path / "b")
    whole = seal_bundle(private_bundle, tmp_path / "whole.html", PHRASE)
    light = seal_bundle(private_bundle, tmp_path / "light.html", PHRASE, light=True)
    assert light.size < whole.size / 2
    found = read(light.path.read_text(encoding="utf-8"), PHRASE)
    assert not any(name.startswith("tracks/") for name in found)
    assert {"index.html", "session.mp3", "ground.mp3", "session.json", "transcript.txt"} <= set(
        found
    )
    assert unseal_page(light.path, PHRASE, tmp_path / "back").is_dir()


def test_a_wrong_passphrase_leaves_nothing(sealed_path, tmp_path):
    with pytest.raises(BundleError, match="not the passphrase"):
        unseal_page(sealed_path, "another one", tmp_path / "back")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "what", ["cut", "not sealed", "empty", "binary", "missing", "a folder", "no json", "a list"]
)
def test_what_is_no_sealed_page_is_told(sealed_path, tmp_path, what):
    path = tmp_path / "page.html"
    content = sealed_path.read_bytes()
    if what == "a folder":
        path.mkdir()
    elif what != "missing":
        start = content.index(b'id="serguide-sealed">') + 21
        path.write_bytes(
            {
                "cut": content[: len(content) // 2],
                "not sealed": b"<!doctype html><title>Hello</title>",
                "empty": b"",
                "binary": bytes(range(256)),
                "no json": content[:start] + b"{{</script>",
                "a list": content[:start] + b"[1]</script>",
            }[what]
        )
    with pytest.raises(BundleError) as caught:
        unseal_page(path, PHRASE, tmp_path / "back")
    assert caught.value.hint
    assert not (tmp_path / "back").exists()


@pytest.mark.parametrize(
    "manifest", ["{", "[]", '{"serguide": {"format": 99}}', '{"serguide": {"format": 1}}']
)
def test_a_hostile_manifest_is_told_with_the_name_of_the_page(tmp_path, manifest):
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "session.json").write_text(manifest)
    page = tmp_path / "from-somebody.html"
    pieces = lock_page(sealed(packed(inside, ["session.json"]), PHRASE), "", "en")
    page.write_bytes(b"".join(pieces))
    with pytest.raises(BundleError) as caught:
        unseal_page(page, PHRASE, tmp_path / "back")
    told = str(caught.value)
    assert f"“{page}: session.json”" in told
    assert str(tmp_path) not in told.replace(str(page), "")
    assert not (tmp_path / "back").exists()


def test_something_else_is_never_overwritten(sealed_path, private_bundle, tmp_path):
    mine = tmp_path / "mine.html"
    mine.write_text("mine")
    with pytest.raises(UsageError, match="not a page that serguide sealed"):
        seal_bundle(private_bundle, mine, PHRASE)
    assert mine.read_text() == "mine"
    link = tmp_path / "link.html"
    link.symlink_to(sealed_path)
    with pytest.raises(UsageError, match="not a plain file"):
        seal_bundle(private_bundle, link, PHRASE)
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "notes.txt").write_text("mine")
    with pytest.raises(UsageError):
        unseal_page(sealed_path, PHRASE, folder)
    assert (folder / "notes.txt").read_text() == "mine"


def test_an_earlier_page_is_replaced(sealed_path, private_bundle, tmp_path):
    again = tmp_path / "again.html"
    shutil.copy(sealed_path, again)
    seal_bundle(private_bundle, again, PHRASE)
    assert not filecmp.cmp(sealed_path, again, shallow=False)
    assert read(again.read_text(encoding="utf-8"), PHRASE)
    assert [path.name for path in tmp_path.iterdir()] == ["again.html"]


def test_a_bundle_that_is_not_whole_is_not_sealed(private_bundle, tmp_path):
    torn = tmp_path / "torn"
    shutil.copytree(private_bundle, torn)
    (torn / "ground.mp3").unlink()
    with pytest.raises(BundleError, match=r"not whole: “ground\.mp3” is missing"):
        seal_bundle(torn, tmp_path / "page.html", PHRASE)
    with pytest.raises(BundleError):
        seal_bundle(tmp_path, tmp_path / "page.html", PHRASE)
    assert not (tmp_path / "page.html").exists()


@pytest.mark.parametrize("away", ["../secret.txt", "link.txt", "/etc/hostname"])
def test_a_manifest_cannot_bring_other_files_in(private_bundle, tmp_path, away):
    torn = tmp_path / "torn"
    shutil.copytree(private_bundle, torn)
    (tmp_path / "secret.txt").write_text("secret")
    (torn / "link.txt").symlink_to(tmp_path / "secret.txt")
    manifest = json.loads((torn / "session.json").read_text(encoding="utf-8"))
    manifest["resources"].append({"url": away, "type": "LinkedResource"})
    (torn / "session.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(BundleError):
        seal_bundle(torn, tmp_path / "page.html", PHRASE)


def test_files_of_somebody_else_are_not_sealed_along(private_bundle, tmp_path):
    more = tmp_path / "more"
    shutil.copytree(private_bundle, more)
    (more / "diagnosis.txt").write_text("mine")
    done = seal_bundle(more, tmp_path / "page.html", PHRASE)
    assert "diagnosis.txt" not in read(done.path.read_text(encoding="utf-8"), PHRASE)


def test_a_page_too_large_to_open_is_refused(private_bundle, tmp_path):
    large = tmp_path / "large"
    shutil.copytree(private_bundle, large)
    with (large / "session.mp3").open("ab") as file:
        file.truncate(120_000_000)
    with pytest.raises(BundleError, match="more than") as caught:
        seal_bundle(large, tmp_path / "page.html", PHRASE)
    assert caught.value.hint.remedies[0].kind == "light"


def test_a_guesser_knows_names_and_titles(private_bundle):
    assert {"ptarmigan", "yevgenia", "quimby", "wickerwork"} <= set(known_words(private_bundle))
