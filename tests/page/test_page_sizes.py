"""Nothing covers anything, on any screen, at any size; and come back to the room stands once."""

from __future__ import annotations

import pytest
from test_page_access import SCREENS, visit

SIZES = [(320, 568), (390, 664), (390, 844), (844, 390), (1280, 800)]

# All that is to be read or touched, as far as its scrolling parent shows it, and every pair of
# these that share more than a hair. What belongs together is one: a label and its input, the
# words in a button, the number in a circle that breathes.
COVERED = """
() => {
  const whole = (e) => e.closest('label, button, a, summary, .pacer, .seekbar');
  const clip = (e, box) => {
    let {left, top, right, bottom} = box;
    for (let up = e.parentElement; up; up = up.parentElement) {
      const style = getComputedStyle(up);
      if (style.overflowX === 'visible' && style.overflowY === 'visible') continue;
      const frame = up.getBoundingClientRect();
      left = Math.max(left, frame.left); right = Math.min(right, frame.right);
      top = Math.max(top, frame.top); bottom = Math.min(bottom, frame.bottom);
    }
    left = Math.max(left, 0); right = Math.min(right, innerWidth);
    top = Math.max(top, 0); bottom = Math.min(bottom, innerHeight);
    return right - left > 1 && bottom - top > 1 ? {left, top, right, bottom} : null;
  };
  const seen = (e) => e.checkVisibility()
    && !e.closest('.unseen, .scene, [aria-hidden=true]:not(.ends)');
  const boxes = [];
  const add = (owner, name, e, box) => {
    const shown = clip(e, box);
    if (shown) boxes.push({owner, name, ...shown});
  };
  for (const e of document.querySelectorAll('button, a, input, textarea, summary')) {
    if (seen(e)) add(whole(e) ?? e, e.id || e.textContent.trim() || e.value, e,
      e.getBoundingClientRect());
  }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const e = node.parentElement;
    if (!node.data.trim() || !seen(e) || e.closest('script, style')) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) add(whole(e) ?? e, node.data.trim(), e, box);
  }
  const found = [];
  boxes.forEach((one, index) => {
    for (const other of boxes.slice(index + 1)) {
      if (one.owner === other.owner || one.owner.contains(other.owner)
          || other.owner.contains(one.owner)) continue;
      const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const tall = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
      if (wide > 1 && tall > 1) found.push([one.name, other.name, wide, tall]);
    }
  });
  return found;
}
"""

# What a finger would hit in the middle of each button that is in sight.
HIDDEN = """
() => [...document.querySelectorAll('button, a, input, textarea, summary')].filter((e) => {
  if (!e.checkVisibility() || e.closest('.unseen')) return false;
  const box = e.getBoundingClientRect();
  const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
  const frame = (e.closest('main') ?? document.body).getBoundingClientRect();
  const lowest = Math.min(frame.bottom, innerHeight);
  if (x < 0 || x > innerWidth || y < frame.top || y > lowest) return false;
  const hit = document.elementFromPoint(x, y);
  return !hit || !(e.contains(hit) || hit.contains(e) || e.closest('label')?.contains(hit));
}).map((e) => e.id || e.textContent.trim())
"""

ROOMS = """
() => [...document.querySelectorAll('button, a')].filter((e) => e.checkVisibility()
  && e.textContent.trim() === 'Come back to the room').length
"""


def look(one, screen):
    """Look at a screen at its top and at its end."""
    for end in (False, True):
        one.get(f"document.querySelector('main').scrollTo(0, {'1e6' if end else 0})")
        assert one.page.evaluate(COVERED) == [], (screen, end)
        assert one.page.evaluate(HIDDEN) == [], (screen, end)
        assert one.get("document.documentElement.scrollWidth <= innerWidth")
    wanted = 0 if one.screen == "ground" else 1
    assert one.page.evaluate(ROOMS) == wanted, screen


@pytest.mark.parametrize("size", SIZES, ids=lambda size: "x".join(map(str, size)))
@pytest.mark.parametrize("screen", SCREENS)
def test_nothing_covers_anything(opened, screen, size):
    width, height = size
    one = opened(viewport={"width": width, "height": height})
    visit(one, screen)
    look(one, screen)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: "x".join(map(str, size)))
def test_nothing_covers_anything_where_much_is_felt_or_a_place_is_kept(opened, size):
    width, height = size
    one = opened(viewport={"width": width, "height": height})
    one.page.locator("input[name=before][value='9']").check(force=True)
    look(one, "high")
    one.page.locator("input[name=before][value='2']").check(force=True)
    one.begin()
    one.go(30)
    one.press(" ")
    one.until("document.querySelector('#state').textContent === 'Paused'")
    look(one, "paused")
    one.page.reload()
    one.until("!document.querySelector('#resume').hidden")
    look(one, "resume")


@pytest.mark.parametrize("width", [320, 360, 390, 640, 1280])
def test_zero_to_ten_is_one_row_with_its_words_under_its_ends(opened, width):
    one = opened(viewport={"width": width, "height": 800})
    boxes = one.get(
        "[...document.querySelectorAll('#scale-before label')].map((e) => {"
        " const box = e.getBoundingClientRect(); return [box.left, box.right, box.top]; })"
    )
    assert len(boxes) == 11
    assert len({top for *_, top in boxes}) == 1
    assert all(right - left >= 24 for left, right, _ in boxes)
    ends = one.get(
        "[...document.querySelectorAll('#scale-before + .ends span')].map((e) => {"
        " const box = e.getBoundingClientRect(); return [box.left, box.right]; })"
    )
    assert abs(ends[0][0] - boxes[0][0]) < 2
    assert abs(ends[1][1] - boxes[-1][1]) < 2


def test_the_way_to_begin_is_in_sight_at_every_size(opened):
    for width, height in SIZES:
        one = opened(viewport={"width": width, "height": height})
        box = one.page.locator("#begin").bounding_box()
        assert box["y"] + box["height"] <= height
        assert box["height"] >= 56
