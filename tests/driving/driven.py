"""What a person does with a page, and sees of it, in any browser."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any


class Driven:
    """One person with one page; a browser brings get, press, tap, reload and what it can besides.

    Keys are named as KeyboardEvent.key has them, with `Control+`, `Shift+`, `Alt+` before them.
    """

    patience = 8.0
    """Seconds that something may take to come true."""

    gone: tuple[type[Exception], ...] = ()
    """What a browser raises for an element that was drawn anew meanwhile."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.complaints: list[str] = []
        self.requests: list[str] = []

    def get(self, expression: str) -> Any:
        """Return what a JavaScript expression comes to."""
        raise NotImplementedError

    def press(self, *keys: str) -> None:
        raise NotImplementedError

    def tap(self, selector: str) -> None:
        """Tap on the first that is to be seen."""
        raise NotImplementedError

    def drag(self, selector: str, to: str, *, share: float = 0.5) -> None:
        """Press on the first, go to the second, let go; share: how far into it, 0 to 1."""
        raise NotImplementedError

    def bring(self, selector: str, file: Path) -> None:
        """Choose a file in a field for files."""
        raise NotImplementedError

    def reload(self) -> None:
        raise NotImplementedError

    def go_to(self, address: str) -> None:
        """Open another address in the same tab."""
        raise NotImplementedError

    def check(self) -> None:
        """Fail for what the page complained of, and for what it asked of other machines."""
        assert self.complaints == [], self.complaints
        home = self.address.partition("#")[0].rpartition("/")[0]
        away = [url for url in self.requests if not url.startswith((home, "data:", "blob:"))]
        assert away == []

    def type(self, text: str) -> None:
        """Type a text, a key a letter."""
        self.press(*text)

    def tap_words(
        self, words: str, kind: str = "button, a, [role=button]", *, anywhere: bool = False
    ) -> None:
        """Tap on the first of a kind that is called so; anywhere: the words may stand inside."""
        test = "includes" if anywhere else "startsWith"
        found = (
            f"[...document.querySelectorAll({json.dumps(kind)})].find((e) => e.checkVisibility() &&"
            " [e.getAttribute('aria-label'), e.textContent].some((name) =>"
            f" (name ?? '').trim().{test}({json.dumps(words)})))"
        )
        end = time.monotonic() + self.patience
        while True:
            self.until(found)
            self.get(
                "[...document.querySelectorAll('[data-tapped]')]"
                ".map((e) => e.removeAttribute('data-tapped')).length"
            )
            try:
                self.get(f"[{found}].map((e) => e.setAttribute('data-tapped', '')).length")
                self.tap("[data-tapped]")
                return
            except self.gone:
                assert time.monotonic() < end, f"never stood still: {words}"
                time.sleep(0.2)

    def text(self, selector: str) -> str:
        return self.get(f"document.querySelector({json.dumps(selector)}).innerText")

    def sees(self, words: str, seconds: float | None = None) -> None:
        """Wait until some words are to be seen."""
        self.until(f"document.body.innerText.includes({json.dumps(words)})", seconds)

    def until(self, expression: str, seconds: float | None = None) -> None:
        """Wait until a JavaScript expression is true; fails naming it."""
        end = time.monotonic() + (seconds or self.patience)
        while not self.get(f"Boolean({expression})"):
            assert time.monotonic() < end, f"never came true: {expression}"
            time.sleep(0.03)

    @staticmethod
    def shown(selector: str) -> str:
        """Return the JavaScript that finds the first that is to be seen, amid the screen."""
        return (
            f"[...document.querySelectorAll({json.dumps(selector)})].filter((e) =>"
            " e.checkVisibility()).map((e) => { e.scrollIntoView({block: 'center'});"
            " return e; })[0]"
        )
