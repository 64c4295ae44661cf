"""Reading aloud in Chromium, whose microphone is a voice that reads the sentences from a file."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from chromium import chromium, faultless_page, microphone, until
from reading_aloud import microphone_wav

from serguide.recordings.voice_folder import VoiceFolder

SIZES = [(1360, 860), (820, 1180), (390, 844)]


@pytest.fixture(scope="module")
def listening(tmp_path_factory, voice):
    """A Chromium that hears the part's sentences."""
    sound = microphone_wav(list(voice.items()), tmp_path_factory.mktemp("mic") / "voice.wav")
    with chromium(*microphone(sound)) as found:
        yield found


@pytest.fixture
def screen(listening, part_on_desk, desk):
    with faultless_page(listening, desk.address) as page:
        page.goto(f"{desk.base}read#{part_on_desk}")
        page.locator(".record").wait_for()
        yield page


def lit(page):
    return page.locator(".pieces .lit").count()


def read_one(page, go_on=" "):
    """Do as a person does: hear oneself speak, then a moment of quiet, then the key."""
    until(page, lambda: lit(page) > 8)
    quiet = 0
    while quiet < 5:
        quiet = quiet + 1 if lit(page) < 4 else 0
        page.wait_for_timeout(100)
    page.keyboard.press(go_on)


def begin(page):
    page.keyboard.press(" ")
    page.locator(".record.on").wait_for()


def told(page):
    return page.locator(".above .told").all_inner_texts()


def test_two_sentences_are_read_and_reading_goes_on_there(screen, desk, voice):
    page = screen
    sentences = list(voice)
    begin(page)
    assert page.locator("p.now").inner_text() == sentences[0]
    for _ in range(2):
        read_one(page)
    until(page, lambda: told(page) == ["Recorded", "Recorded"])
    page.keyboard.press("Escape")
    until(page, lambda: not page.locator(".record.on").count())
    index = VoiceFolder(desk.library / "voices" / "my-voice").open_index()
    assert [each.text for each in index.recordings] == sentences[:2]
    assert all(each.good for each in index.recordings)
    for each in index.recordings:
        # The cut keeps a breath before the words, and the end of a sound.
        assert each.seconds == pytest.approx(len(voice[each.text]) / 48_000 + 0.6, abs=0.8)
    page.reload()
    until(page, lambda: page.locator("p.now").count())
    assert page.locator("p.now").inner_text() == sentences[2]


def test_a_lost_connection_loses_nothing(screen, desk, voice):
    page = screen
    page.route("**/api/takes/**", lambda route: route.abort())
    begin(page)
    read_one(page)
    until(page, lambda: told(page) == ["On its way…"])
    assert not VoiceFolder(desk.library / "voices" / "my-voice").exists
    page.unroute("**/api/takes/**")
    until(page, lambda: told(page) == ["Recorded"])
    index = VoiceFolder(desk.library / "voices" / "my-voice").open_index()
    assert [each.text for each in index.recordings] == list(voice)[:1]


def test_a_closed_tab_loses_nothing_that_was_read(screen, desk, voice):
    page = screen
    page.route("**/api/takes/**", lambda route: route.abort())
    begin(page)
    read_one(page)
    until(page, lambda: told(page) == ["On its way…"])
    page.wait_for_timeout(1500)  # the end of the sentence's sound comes after the key
    again = page.context.new_page()
    page.close(run_before_unload=False)
    again.goto(desk.address)
    again.goto(f"{desk.base}read#by-the-window")
    folder = VoiceFolder(desk.library / "voices" / "my-voice")
    until(again, lambda: folder.open_index().recordings)
    assert [each.text for each in folder.open_index().recordings] == list(voice)[:1]


def test_a_closed_tab_loses_seconds_of_what_is_read_in_one_go(screen, desk):
    page = screen
    page.get_by_role("button", name="read it all in one go").click()
    page.locator(".record.on").wait_for()
    place = desk.library / "voices" / "my-voice" / ".incoming"
    until(page, lambda: [*place.glob("*.piece.*.wav")])
    again = page.context.new_page()
    page.close(run_before_unload=False)
    again.goto(desk.address)
    again.goto(f"{desk.base}read#by-the-window")
    kept = again.locator(".unfinished")
    until(again, lambda: "is kept" in kept.inner_text())
    assert again.get_by_role("button", name="Look for its sentences").is_visible()


def test_each_part_counts_by_itself(listening, part_on_desk, desk):
    session = desk.library / "scripts" / "rain.yaml"
    session.write_text("title: Rain\nlanguage: en\nsteps: [by-the-window, five-to-one]\n")
    with faultless_page(listening, desk.address) as page:
        page.goto(f"{desk.base}read#rain")
        counted = page.locator(".of-part")
        until(page, lambda: counted.inner_text() == "1 of 3 in “By the window”")
        page.keyboard.press("ArrowRight")
        until(page, lambda: counted.inner_text() == "2 of 3 in “By the window”")


def test_it_is_read_again_and_heard(screen, voice):
    page = screen
    begin(page)
    read_one(page)
    page.keyboard.press("ArrowLeft")
    assert page.locator("p.now").inner_text() == next(iter(voice))
    read_one(page)
    until(page, lambda: told(page) and "on its way" not in told(page)[0].lower())
    assert told(page)[0].startswith(("Read again", "Longer", "It is cut", "Something"))
    with page.expect_response(lambda each: "/sound?" in each.url) as heard:
        page.keyboard.press("p")
    assert heard.value.status == 200
    assert not page.locator(".record.on").count()


def test_a_browser_that_may_not_listen_says_where_to_allow_it(listening, part_on_desk, desk):
    context = listening.new_context()
    page = context.new_page()
    page.add_init_script(
        "navigator.mediaDevices.getUserMedia = () =>"
        " Promise.reject(new DOMException('no', 'NotAllowedError'));"
    )
    page.goto(desk.address)
    page.goto(f"{desk.base}read#{part_on_desk}")
    page.locator(".record").click()
    trouble = page.get_by_role("alert")
    until(page, lambda: "Allow it at the top left" in trouble.inner_text())
    context.close()


def test_the_size_of_the_words(screen):
    page = screen
    size = "each => parseFloat(getComputedStyle(each).fontSize)"
    before = page.locator("p.now").evaluate(size)
    page.keyboard.press("+")
    until(page, lambda: page.locator("p.now").evaluate(size) > before)
    page.keyboard.press("-")
    page.keyboard.press("-")
    until(page, lambda: page.locator("p.now").evaluate(size) < before)


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("face", ["light", "dark"])
def test_it_is_for_everyone(screen, size, face):
    page = screen
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.evaluate("face => { document.documentElement.dataset.face = face; }", face)
    page.wait_for_timeout(500)
    found = Axe().run(page)
    assert found.response["violations"] == [], found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
