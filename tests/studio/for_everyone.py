"""What holds on every screen: nothing out of reach, no way without an end, nothing that moves."""

from __future__ import annotations

FOCUSABLE = (
    "[...document.querySelectorAll('a[href], button, input, select, textarea, summary,"
    ' [tabindex="0"], [contenteditable="true"]\')].filter((e) => !e.disabled && e.tabIndex >= 0'
    " && e.checkVisibility({visibilityProperty: true}) && !e.closest('[inert]')"
    " && (!document.querySelector('dialog[open]') || e.closest('dialog[open]')))"
)
"""JavaScript for what the Tab key reaches, in a document's order."""

COVERED = f"""async () => {{
  const found = [];
  for (const each of {FOCUSABLE}) {{
    if (!each.isConnected) continue;
    each.focus();
    await new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)));
    const shown = each.classList.contains('sr') ? each.closest('label') ?? each : each;
    const box = shown.getBoundingClientRect();
    const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth);
    const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    const over = right > left && bottom > top ? document.elementFromPoint(x, y) : null;
    const free = over && (shown.contains(over) || over.contains(shown) || over === each);
    if (!free) {{
      const by = over ? over.outerHTML.slice(0, 60) : 'outside';
      found.push(`${{shown.outerHTML.slice(0, 90)}} is covered by ${{by}}`);
    }}
  }}
  return found;
}}"""
"""JavaScript for what cannot be seen when it has the focus: it lies outside, or under something."""

MOVING = """() => [
  ...document.getAnimations().map((each) => each.effect?.target?.outerHTML.slice(0, 80)),
  ...[...document.querySelectorAll('*')].flatMap((e) => {
    const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(e);
    const calm = /^[0s, ]*$/.test(transitionDuration) && animationName === 'none'
      && scrollBehavior === 'auto';
    return calm ? [] : [e.outerHTML.slice(0, 80)];
  }),
]"""
"""JavaScript for what is animated, or would be."""

HERE = """() => {
  const here = document.activeElement;
  return here === document.body || !here ? '' : here.outerHTML.slice(0, 90);
}"""
"""JavaScript for what has the focus; empty where it is lost."""


def walked(page, key: str, most: int = 400) -> list[int]:
    """Press Tab or Shift+Tab until the way begins anew; return how often each place had the focus.

    Fails where the same place keeps the focus, or where the way has no end.
    """
    count = page.evaluate(
        f"() => {{ const all = {FOCUSABLE}; all.forEach((e, i) => {{ e.dataset.walk = i; }});"
        " document.activeElement?.blur(); scrollTo(0, 0); return all.length; }"
    )
    seen = [0] * count
    before, edges = None, 0
    for _ in range(most):
        page.keyboard.press(key)
        place = page.evaluate(
            "() => { const here = document.activeElement;"
            " return here === document.body || !here ? 'edge' : here.dataset.walk ?? 'other'; }"
        )
        if place == "edge":
            # The page's end, behind which the browser's own controls come; once from the middle.
            edges += 1
            if edges == 2:
                return seen
        elif place != "other":
            assert place != before, f"{key} stays at {page.evaluate(HERE)}"
            seen[int(place)] += 1
            if seen[int(place)] > 1:
                return seen
        before = place
    raise AssertionError(f"{key} has no end")
