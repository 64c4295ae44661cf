"""What the page's tests do and see, in a listener's words."""

from __future__ import annotations

import contextlib
import re
from http.server import SimpleHTTPRequestHandler
from pathlib import Path

from driven import Driven

AUDIO = "document.querySelector('#session-audio')"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
GROUND = "document.querySelector('#ground-audio')"


class RangeHandler(SimpleHTTPRequestHandler):
    """Serve files with byte ranges, as web servers do."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        content = path.read_bytes()
        asked = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        first, last = 0, len(content) - 1
        if asked:
            first, last = int(asked[1]), min(last, int(asked[2] or last))
            self.send_response(206)
            self.send_header("Content-Range", f"bytes {first}-{last}/{len(content)}")
        else:
            self.send_response(200)
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Length", str(last - first + 1))
        self.end_headers()
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self.wfile.write(content[first : last + 1])


class Listener(Driven):
    """One listener with one page, in any browser."""

    @property
    def at(self):
        return self.get(f"{AUDIO}.currentTime")

    @property
    def screen(self):
        return self.get("document.body.dataset.screen")

    def begin(self):
        self.tap("#begin")
        self.until(f"!{AUDIO}.paused && {AUDIO}.volume > 0.99")
        return self

    def go(self, seconds):
        """Go to a place by the seek bar, as a finger does."""
        self.get(
            f"((bar) => {{ bar.value = {seconds}; bar.dispatchEvent(new Event('input'));"
            " bar.dispatchEvent(new Event('change')); })(document.querySelector('#seek'))"
        )
        self.until(f"!{AUDIO}.seeking && Math.abs({AUDIO}.currentTime - {int(seconds)}) < 1.5")


class Listening(Listener):
    """One listener with one page in Chromium."""

    def __init__(self, page, address):
        super().__init__(address)
        self.page = page
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._heard)
        page.on("request", lambda request: self.requests.append(request.url))
        page.goto(address)

    def _heard(self, message):
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def get(self, expression):
        return self.page.evaluate(expression)

    def text(self, selector):
        return self.page.locator(selector).inner_text()

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def tap(self, selector):
        self.page.locator(f"{selector} >> visible=true").first.click()

    def reload(self):
        self.page.reload()
