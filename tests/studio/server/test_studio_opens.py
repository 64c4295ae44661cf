"""The studio as it is started for real: what a browser sees of it, and how it ends."""

from __future__ import annotations


def test_the_page_opens_and_the_token_leaves_the_address_at_once(page, desk):
    page.wait_for_selector("main p, main h2")
    assert page.evaluate("location.href") == desk.base
    assert desk.token not in page.content()
    page.reload()
    page.wait_for_selector("main p, main h2")


def test_a_tab_without_the_token_is_told_how_to_come_in(page, desk, browser):
    other = browser.new_context().new_page()
    other.goto(desk.base)
    other.wait_for_selector(".shut-out")
    assert "Start the studio again" in other.inner_text("main")
    other.context.close()


def test_ctrl_c_ends_it_in_order(desk):
    assert desk.stop() == 0
    assert "all that was made is saved" in desk.process.stderr.read()
