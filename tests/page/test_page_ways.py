"""The ways a page comes to a listener: a disk, one file, a server, no script, no storage."""

from __future__ import annotations

import re
import shutil
import zipfile
from functools import partial

import pytest
from listening import AUDIO, GROUND, PHONE
from rendering import bundle


@pytest.fixture
def alone(listening, evening, tmp_path):
    """Open the single file, with nothing beside it."""
    page = shutil.copy(evening.folder / "evening.html", tmp_path / "from-an-e-mail.html")
    return partial(listening, page.as_uri())


def kept(one):
    return one.get("JSON.parse(localStorage[Object.keys(localStorage).find("
                   "(key) => key.startsWith('serguide:urn'))] ?? '{}')")  # fmt: skip


def test_one_file_plays_and_seeks(alone):
    one = alone(**PHONE).begin()
    one.go(40)
    one.until(f"{AUDIO}.currentTime > 40.2")
    one.press("Escape")
    one.until(f"!{GROUND}.paused && {GROUND}.currentTime > 0.3")
    assert [url for url in one.requests if not url.startswith(("data:", "blob:"))] == [one.address]


def test_a_zip_that_was_unpacked_plays_part_by_part(listening, evening, tmp_path):
    with zipfile.ZipFile(evening.folder / "evening.zip") as archive:
        archive.extractall(tmp_path)
    one = listening((tmp_path / "evening" / "index.html").as_uri(), **PHONE).begin()
    second = evening.tracks[1]["start"] / 48_000
    one.go(second + 1)
    one.until(f"{AUDIO}.currentTime > {second + 1.2}")
    assert one.page.locator("#part-title").inner_text() == "Easy six"
    one.press("Escape")
    one.until(f"!{GROUND}.paused && {GROUND}.currentTime > 0.3")


def test_one_file_without_a_script(alone):
    one = alone(java_script_enabled=False, quiet=False)
    audio = one.page.locator("audio:visible")
    assert audio.count() == 2
    assert audio.first.get_attribute("src").startswith("data:audio/mp4;base64,")
    assert one.page.locator("#parts a").first.get_attribute("href") == "#text-0"


def test_without_a_script_all_is_there(opened):
    one = opened(java_script_enabled=False, quiet=False)
    page = one.page
    assert page.locator("audio[controls]:visible").count() == 2
    assert page.locator("button:visible").count() == 0
    links = page.locator("#parts a:visible")
    assert re.fullmatch(r"session\.mp3#t=[\d.]+", links.nth(1).get_attribute("href"))
    assert re.search(r"\d:\d\d", links.nth(1).inner_text())
    assert page.get_by_text("Notice where your back meets the chair.").is_visible()
    assert page.locator(".calls a[href='tel:112']:visible").count() == 1
    assert page.locator("a.danger[href='tel:112']:visible").count() == 1
    assert page.locator(".tray a:visible").get_attribute("href") == "ground.mp3"


def test_a_page_whose_script_fails_is_the_page_without_one(listening, evening):
    one = listening("about:blank", quiet=False)
    one.page.add_init_script("delete Intl.PluralRules")
    one.page.goto((evening.folder / "index.html").as_uri())
    assert one.complaints
    assert one.page.locator("audio[controls]:visible").count() == 2


def test_storage_that_is_blocked_takes_nothing_away(listening, evening):
    one = listening("about:blank")
    one.page.add_init_script(
        "Object.defineProperty(window, 'localStorage',"
        " {get() { throw new DOMException('no', 'SecurityError'); }});"
    )
    one.address = (evening.folder / "index.html").as_uri()
    one.page.goto(one.address)
    one.begin()
    one.go(30)
    one.press(" ")
    one.until(f"{AUDIO}.paused")
    one.press("Escape")
    one.until(f"!{GROUND}.paused")
    assert one.screen == "ground"


def installed(one):
    """Wait until the bundle is on the device, and open it from there."""
    one.page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    one.page.reload()
    one.until("navigator.serviceWorker.controller", 20)


def test_it_goes_on_where_it_was_left(opened):
    one = opened().begin()
    one.go(30)
    one.press(" ")
    one.until(f"{AUDIO}.paused")
    left = one.at
    one.page.reload()
    assert one.text("#resume") == "Go on from 0:30"
    assert one.text("#begin") == "From the beginning"
    one.tap("#resume")
    one.until(f"!{AUDIO}.paused && {AUDIO}.currentTime > {left - 0.3}")
    assert one.at < left + 3


def test_a_place_is_never_written_over_by_a_beginning(opened):
    one = opened().begin()
    one.go(30)
    one.press(" ")
    one.until(f"{AUDIO}.paused")
    place = kept(one)["at"]
    assert place >= 30
    for _ in range(2):
        one.page.reload()
        one.get("dispatchEvent(new Event('pagehide'))")
        assert kept(one)["at"] == pytest.approx(place, abs=1)
    one.tap("#begin")
    one.until(f"{AUDIO}.currentTime > 0.5")
    one.page.reload()
    assert kept(one)["at"] == pytest.approx(place, abs=1)


def test_a_session_heard_to_its_end_begins_anew(opened, evening):
    one = opened().begin()
    one.go(evening.frames // 48_000 - 1)
    one.until("document.body.dataset.screen === 'after'")
    one.page.reload()
    assert not one.page.locator("#resume").is_visible()


def test_served_it_plays_by_ranges(listening, serve, evening):
    address, _ = serve(evening.folder)
    one = listening(address, **PHONE).begin()
    one.go(50)
    one.until(f"{AUDIO}.currentTime > 50.2")


def test_once_seen_it_needs_no_network(listening, serve, evening):
    address, stop = serve(evening.folder)
    one = listening(address, quiet=False, bypass_csp=True)
    installed(one)
    assert one.get(
        "fetch('manifest.webmanifest').then((r) => r.json()).then((m) => m.display)"
    ) == ("standalone")
    stop()
    one.page.reload()
    one.begin()
    one.go(50)
    one.until(f"{AUDIO}.currentTime > 50.2")
    one.press("Escape")
    one.until(f"!{GROUND}.paused && {GROUND}.currentTime > 0.2")
    sound = evening.session.read_bytes()
    ask = """(range) => fetch('session.mp3', {headers: {Range: range}}).then(async (r) => [
      r.status, r.headers.get('Content-Range'), [...new Uint8Array(await r.arrayBuffer())]])"""
    size = len(sound)
    for asked, first, last in (
        ("bytes=100-199", 100, 199),
        (f"bytes={size - 5}-", size - 5, size - 1),
        ("bytes=-7", size - 7, size - 1),
    ):
        status, where, content = one.page.evaluate(ask, asked)
        assert (status, where) == (206, f"bytes {first}-{last}/{size}")
        assert bytes(content) == sound[first : last + 1]
    status, where, _ = one.page.evaluate(ask, f"bytes={size}-")
    assert (status, where) == (416, f"bytes */{size}")


def test_an_update_keeps_the_place(listening, serve, evening, page_library, page_cache, tmp_path):
    folder = tmp_path / "hosted"
    shutil.copytree(evening.folder, folder)
    address, _ = serve(folder)
    one = listening(address, quiet=False)
    installed(one)
    one.begin()
    one.go(30)
    one.press(" ")
    one.until(f"{AUDIO}.paused")
    into = one.at - evening.tracks[1]["start"] / 48_000

    # The same session, its first part longer by two seconds.
    library = tmp_path / "library"
    shutil.copytree(page_library, library)
    first = library / "scripts" / "arriving.yaml"
    first.write_text(first.read_text(encoding="utf-8").replace("4s", "6s"), encoding="utf-8")
    newer = bundle("evening", tmp_path / "newer", library=library, cache=page_cache)
    shutil.copytree(newer.folder, folder, dirs_exist_ok=True)

    one.page.evaluate("navigator.serviceWorker.getRegistration().then((r) => r.update())")
    one.page.evaluate("""navigator.serviceWorker.getRegistration().then((r) => r.waiting
      || new Promise((done) => { const wait = () => r.waiting ? done() : setTimeout(wait, 50);
      wait(); })).then(() => null)""")
    context = one.page.context
    one.page.close()
    one.page = context.new_page()
    one.page.goto("about:blank")
    one.page.goto(address)
    start = newer.tracks[1]["start"] / 48_000
    one.tap("#resume")
    one.until(f"!{AUDIO}.paused && {AUDIO}.currentTime > {start + into - 0.5}")
    assert one.at < start + into + 3
