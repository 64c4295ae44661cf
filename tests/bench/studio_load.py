"""Ask a studio from 20 tabs, with 50 event streams, while it renders: `studio_load.py [SECONDS]`.

A tab opens pages, draws a session's length, types into a part, looks at the shelf, and pauses for a
moment between: what one person does, twenty times. Measured is how long each answer takes, to its
last byte: with nothing else at work; with four sessions handed over at once, which the studio makes
one after another; and with one of them and three `serguide render` beside it, so that four renders
go at the same time. All renders are cold and spoken by espeak. Each is measured for so many
seconds, or until renders have ended.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPException
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from running_studio import DeskPage, RunningDesk, running_desk

TABS, STREAMS = 20, 50
PAUSE = 1.0  # seconds between two things that a tab does, on average
SESSIONS = ("the-first-evening", "grief", "before-sleep", "a-day-of-pain")
ENDED = ("done", "failed", "cancelled")

Taken = dict[str, list[float]]
"""Seconds that answers took, by what was asked."""


class Tab:
    """Do what a person does at one tab, with a session and a part of their own."""

    def __init__(self, desk: RunningDesk, number: int) -> None:
        self._page, self._random = DeskPage(desk), random.Random(number)
        title, chosen = f"Evening {number}", "the-first-evening"
        made = self._page.post("/api/shelf/sessions", {"from": chosen, "title": title})
        self._session = made["name"]
        self._part = self._page.post("/api/shelf/copies", {"name": "night-harbour"})["name"]
        self._turn = count(number)

    def one(self) -> tuple[str, float]:
        """Ask one thing; return what it was and the seconds until all of the answer was here."""
        kinds = (self.shell, self.shelf, self.plan, self.draw, self.change, self.words, self.type,
                 self.given, self.cover)  # fmt: skip
        do = kinds[next(self._turn) % len(kinds)]
        return do.__name__, do()

    def shell(self) -> float:
        return self._timed("GET", self._random.choice(("/", "/session", "/static/session/main.js")))

    def cover(self) -> float:
        return self._timed("GET", f"/api/art/{self._session}.svg")

    def shelf(self) -> float:
        return self._timed("GET", "/api/shelf")

    def given(self) -> float:
        return self._timed("GET", "/api/handovers")

    def plan(self) -> float:
        return self._timed("GET", f"/api/sessions/{self._session}")

    def draw(self) -> float:
        seconds = self._random.randint(900, 1500)
        return self._timed("POST", f"/api/sessions/{self._session}/trial", {"seconds": seconds})

    def change(self) -> float:
        path = f"/api/sessions/{self._session}"
        change = {"kind": "title", "title": f"Evening {self._random.random()}"}
        version = self._page.get(path)["version"]
        return self._timed("POST", f"{path}/changes", {"version": version, "change": change})

    def words(self) -> float:
        return self._timed("GET", f"/api/parts/{self._part}")

    def type(self) -> float:
        path = f"/api/parts/{self._part}/text"
        read = self._page.get(path)
        text = f"{read['text'].rstrip()}\n  - rest: {self._random.randint(5, 20)}s\n"
        if len(text) > 8000:
            text = text[:2000].rpartition("\n  - ")[0] + "\n"
        return self._timed("PUT", path, {"version": read["version"], "text": text})

    def _timed(self, method: str, path: str, data: object = None) -> float:
        began = time.perf_counter()
        status, body = self._page.ask(method, path, data)
        took = time.perf_counter() - began
        assert status == 200, (method, path, status, body[:300])
        return took


def asked_by(tabs: list[Tab], until: Callable[[], bool], pause: float = PAUSE) -> Taken:
    """Have all tabs ask until something has come about; return how long the answers took."""
    taken: Taken = defaultdict(list)
    failed: list[BaseException] = []

    def sit(tab: Tab, rest: random.Random) -> None:
        try:
            while not until() and not failed:
                time.sleep(rest.uniform(0.0, 2.0 * pause))
                kind, seconds = tab.one()
                taken[kind].append(seconds)
        except BaseException as error:
            failed.append(error)

    at = [threading.Thread(target=sit, args=(tab, random.Random(n))) for n, tab in enumerate(tabs)]
    for each in at:
        each.start()
    for each in at:
        each.join()
    if failed:
        raise failed[0]
    return taken


def hand_over(page: DeskPage, names: tuple[str, ...]) -> list[str]:
    """Have sessions made as sound files; return their ids."""
    ways = {"sound": True, "kind": "mp3"}
    return [page.post("/api/handovers", {"name": name, "ways": ways})["id"] for name in names]


@contextmanager
def followed(desk: RunningDesk, idents: list[str], streams: int) -> Iterator[list[int]]:
    """Follow handings over by so many event streams; yields a counter of the events that came."""
    pages, told, over = [DeskPage(desk) for _ in range(streams)], [0], threading.Event()

    def follow(page: DeskPage, ident: str) -> None:
        with suppress(OSError, HTTPException, ValueError, AttributeError):  # left in the midst
            while not over.is_set():
                for line in page.begin("GET", f"/api/handovers/{ident}/events"):
                    told[0] += bool(line.strip())
                time.sleep(1.0)  # it has ended: a page that is open asks now and then

    for number, page in enumerate(pages):
        ident = idents[number % len(idents)]
        threading.Thread(target=follow, args=(page, ident), daemon=True).start()
    try:
        yield told
    finally:
        over.set()
        for page in pages:
            page.leave()


def all_ended(page: DeskPage, idents: list[str]) -> Callable[[], bool]:
    """Return what tells whether handings over have ended; asked once a second, whoever asks."""
    lock, last = threading.Lock(), [0.0, False]

    def ended() -> bool:
        with lock:
            if not last[1] and time.monotonic() - last[0] > 1.0:
                rows = {row["id"]: row["state"] for row in page.get("/api/handovers")["handovers"]}
                last[:] = [time.monotonic(), all(rows[each] in ENDED for each in idents)]
            return bool(last[1])

    return ended


def after(seconds: float) -> Callable[[], bool]:
    """Return what tells whether so many seconds are over."""
    end = time.monotonic() + seconds
    return lambda: time.monotonic() > end


@contextmanager
def renders_beside(names: tuple[str, ...], base: Path) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Render sessions by programs of their own, each with a cache of its own."""
    begun = [
        subprocess.Popen(
            [sys.executable, "-m", "serguide", "render", name, "-o", base / f"beside-{name}"],
            env={**os.environ, "SERGUIDE_CACHE": str(base / f"cache-{name}")},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        for name in names
    ]  # fmt: skip
    try:
        yield begun
    finally:
        for each in begun:
            each.kill()
            each.wait()


def flat(taken: Taken) -> list[float]:
    """Return the times of all answers, whatever was asked."""
    return [each for seconds in taken.values() for each in seconds]


def quantile(seconds: list[float], share: float) -> float:
    """Return the time that a share of answers took no longer than."""
    return sorted(seconds)[min(len(seconds) - 1, int(share * len(seconds)))]


def print_row(what: str, seconds: list[float]) -> None:
    """Print one line of the table, in milliseconds."""
    shown = (statistics.median(seconds), quantile(seconds, 0.95), quantile(seconds, 0.99),
             max(seconds))  # fmt: skip
    print(f"| {what:44} | {len(seconds):7,} | "
          + " | ".join(f"{1000 * each:7.0f}" for each in shown) + " |", flush=True)  # fmt: skip


def show(what: str, taken: Taken) -> None:
    """Print all answers of one measurement, and then by what was asked."""
    print_row(what, flat(taken))
    for kind, seconds in sorted(taken.items()):
        print_row(f"   {kind}", seconds)


def main() -> None:
    """Measure and print."""
    most = float(sys.argv[1]) if len(sys.argv) > 1 else 120.0
    os.environ.setdefault("SERGUIDE_NO_PACKAGED_VOICES", "1")
    with tempfile.TemporaryDirectory(prefix="studio-load-") as name:
        base = Path(name)
        for variable in ("CACHE", "STATE", "DATA"):
            os.environ[f"SERGUIDE_{variable}"] = str(base / variable.lower())
        print(f"| {'milliseconds':44} | answers |  median |     p95 |     p99 | slowest |")
        with running_desk(base / "library") as desk:
            tabs, page = [Tab(desk, number) for number in range(TABS)], DeskPage(desk)
            over = after(most / 4)
            show("nothing else", asked_by(tabs, over))
            begun, idents = time.monotonic(), hand_over(page, SESSIONS)
            over, done = after(most), all_ended(page, idents)
            with followed(desk, idents, STREAMS) as told:
                taken = asked_by(tabs, lambda: over() or done())
            lasted = time.monotonic() - begun
            show(f"four handed over at once, {STREAMS} streams", taken)
            print(f"({lasted:.0f} s, {told[0]:,} events)")
        os.environ["SERGUIDE_CACHE"] = str(base / "cache-again")
        with running_desk(base / "library-again") as desk:
            tabs, page = [Tab(desk, number) for number in range(TABS)], DeskPage(desk)
            with renders_beside(SESSIONS[1:], base) as beside:
                begun, idents = time.monotonic(), hand_over(page, SESSIONS[:1])
                over, done = after(most), all_ended(page, idents)
                with followed(desk, idents, STREAMS) as told:
                    fewer = lambda: done() or any(each.poll() is not None for each in beside)  # noqa: E731
                    taken = asked_by(tabs, lambda: over() or fewer())
                lasted = time.monotonic() - begun
            show(f"four renders at the same time, {STREAMS} streams", taken)
            print(f"({lasted:.0f} s, {told[0]:,} events)")


if __name__ == "__main__":
    main()
