"""Measure how soon the studio answers: `python tests/bench/studio_latency.py [TRIES] [SESSION]`.

In Chromium at a real studio, with espeak and a store of its own: each figure is from the key or
the click to what is shown or heard, in milliseconds, with the machine's load before and after.
Sound is counted as heard when it begins behind the player's own lead.
"""

from __future__ import annotations

import contextlib
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from chromium import chromium

NAME = "a-rainy-evening"
TARGETS = {
    "length shown": 150,
    "order saved and shown": 150,
    "order, moved again at once": 150,
    "first sound, clips kept": 500,
    "first sound after an edit": 1000,
    "findings after a pause in typing": 400,
}
"""Milliseconds."""

SHARED = """
const later = (ms) => new Promise((go) => setTimeout(go, ms));
const frame = () => new Promise((go) => requestAnimationFrame(go));
const told = (node, true_) => new Promise((go) => {
  const seen = new MutationObserver(() => { if (true_()) { seen.disconnect(); go(); } });
  seen.observe(node, { childList: true, characterData: true, subtree: true });
});
const saved = () => {
  const node = document.querySelector('[data-saved]');
  return told(node, () => node.textContent === 'Saved');
};
"""

LENGTH = """
const plan = await import('/static/session/plan.js');
let next = () => {};
plan.watch(() => next());
const slider = document.querySelector('#length');
const [least, most] = [Number(slider.min), Number(slider.max)];
const took = [];
for (let n = 0; n < tries; n += 1) {
  const shown = new Promise((go) => { next = () => { if (plan.current().trial) go(); }; });
  slider.value = least + (most - least) * (0.4 + 0.5 * ((n * 0.382) % 1));
  const begun = performance.now();
  slider.dispatchEvent(new Event('input'));
  await shown;
  await frame();
  took.push(performance.now() - begun);
  next = () => {};
  await later(60);
}
slider.dispatchEvent(new Event('change'));
await saved();
return took;
"""

ORDER = """
const took = [];
for (let n = 0; n < tries; n += 1) {
  const title = () => document.querySelector('.part .part-title').textContent;
  const before = title();
  const done = saved();
  const begun = performance.now();
  document.body.dispatchEvent(new KeyboardEvent('keydown', {
    key: n % 2 ? 'ArrowUp' : 'ArrowDown', altKey: true, bubbles: true, cancelable: true }));
  await done;
  await frame();
  took.push(performance.now() - begun);
  if (title() === before) throw new Error('nothing moved');
  await later(wait);
}
return took;
"""

SOUND = """
const { measured, pause, playLine } = await import('/static/session/listening.js');
const { parts } = await import('/static/session/place.js');
const { lookAgain } = await import('/static/session/plan.js');
const { get, send } = await import('/static/common/http.js');
const said = () => parts()[0].lines
  .map((line, index) => [line.kind, index]).filter(([kind]) => kind === 'say');
const heard = async (line) => {
  playLine(0, line);
  while (!measured.begun) await later(2);
  const took = measured.begun - measured.asked + 60;
  await later(150);
  pause();
  await later(450);
  return took;
};
await heard(said()[0][1]);
const took = [];
for (let n = 0; n < tries; n += 1) {
  if (edits) {
    const part = await get(`/api/parts/${parts()[0].step}`);
    const block = part.blocks.filter(({ kind }) => kind === 'say')[1];
    block.pieces = [{ words: `There is nothing to do for now, and number ${n} is one of many.` }];
    const session = decodeURIComponent(location.hash.slice(1));
    await send('PUT', `/api/parts/${parts()[0].step}`,
      { version: part.version, blocks: part.blocks, session, burst: String(n) });
    await lookAgain();
    const line = parts()[0].lines.findIndex(({ text }) => text?.includes(`number ${n} is`));
    if (line < 0) throw new Error('the sentence is not there');
    await later(700);
    took.push(await heard(line));
  } else took.push(await heard(said()[n % said().length][1]));
}
return took;
"""

Took = list[float]


def main() -> None:
    """Measure and print."""
    tries = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    session = sys.argv[2] if len(sys.argv) > 2 else "the-first-evening"
    before = os.getloadavg()
    with (
        tempfile.TemporaryDirectory() as folder,
        running(Path(folder)) as address,
        chromium() as browser,
    ):
        page = browser.new_page(viewport={"width": 1360, "height": 860})
        page.set_default_timeout(120_000)
        measured = dict(measure(page, address, session, tries))
    print(f"load before {before[0]:.1f}, after {os.getloadavg()[0]:.1f}; {os.cpu_count()} cores")
    print("| | target | median | p95 | most |\n|---|---:|---:|---:|---:|")
    for name, took in measured.items():
        p95 = statistics.quantiles(took, n=20)[-1] if len(took) > 1 else took[0]
        row = (TARGETS[name], statistics.median(took), p95, max(took))
        print(f"| {name} | " + " | ".join(f"{each:.0f} ms" for each in row) + " |")


def measure(page: Any, address: str, session: str, tries: int) -> Iterator[tuple[str, Took]]:
    """Yield what each took, in milliseconds; the first of each is not counted."""
    base = address.partition("#")[0]
    page.goto(address)
    page.get_by_text("Nothing of yours yet.").wait_for()
    page.evaluate(
        "async (data) => (await import('/static/common/http.js'))"
        ".send('POST', '/api/shelf/sessions', data)",
        {"from": session, "name_of_client": "Zoë", "minutes": None, "title": "A rainy evening"},
    )
    page.goto(f"{base}session#{NAME}")
    page.locator(".finding-card, .findings.none").first.wait_for()
    yield "length shown", run(page, LENGTH, tries)
    settled(page)
    yield "order saved and shown", run(page, ORDER, tries, wait=900)
    yield "order, moved again at once", run(page, ORDER, tries, wait=0)
    settled(page)
    yield "first sound, clips kept", run(page, SOUND, tries, edits=False)
    yield "first sound after an edit", run(page, SOUND, tries, edits=True)
    yield "findings after a pause in typing", typed(page, base, tries)


def run(page: Any, code: str, tries: int, **values: object) -> Took:
    """Run what is measured in the page, one try more than is counted."""
    given = {"tries": tries + tries % 2 + 2, **values}
    function = f"async ({{ {', '.join(given)} }}) => {{ {SHARED} {code} }}"
    found: Took = page.evaluate(function, given)
    return found[2:][:tries]


def typed(page: Any, base: str, tries: int) -> Took:
    """Type into a text of the part, a letter at a time, each followed by a pause."""
    step = page.evaluate("import('/static/session/place.js').then(({ parts }) => parts()[0].step)")
    page.goto(f"{base}words#{step}")
    page.locator(".say").nth(1).click()
    page.keyboard.press("Control+End")
    page.evaluate(
        """() => {
          const node = document.querySelector('[data-saved]');
          window.took = [];
          let begun = 0;
          document.addEventListener('input', () => { begun = performance.now(); });
          new MutationObserver(() => requestAnimationFrame(() => {
            if (begun) window.took.push(performance.now() - begun);
            begun = 0;
          })).observe(node, { childList: true });
        }"""
    )
    text = " With every drop, you will feel lighter and safer than before."
    for number in range(tries + 2):
        page.keyboard.type(text[number % len(text)])
        while page.evaluate("window.took.length") <= number:
            page.wait_for_timeout(10)
        page.wait_for_timeout(300)
    found: Took = page.evaluate("window.took")
    return found[2:]


def settled(page: Any) -> None:
    """Wait until nothing is under way any more."""
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(1500)


@contextlib.contextmanager
def running(folder: Path) -> Iterator[str]:
    """Run a studio with nothing of the user's; yields its address."""
    own = {"SERGUIDE_CACHE": folder / "cache", "SERGUIDE_STATE": folder / "state",
           "SERGUIDE_DATA": folder / "data", "SERGUIDE_CONFIG": folder / "none.yaml",
           "SERGUIDE_NO_PACKAGED_VOICES": "1"}  # fmt: skip
    command = [sys.executable, "-m", "serguide", "studio", "--no-browser", "--port", "0"]
    process = subprocess.Popen(
        [*command, "--library", str(folder / "own")],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {name: str(value) for name, value in own.items()},
    )
    assert process.stdout
    try:
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait(20)


if __name__ == "__main__":
    main()
