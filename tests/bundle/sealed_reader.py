"""A reader of sealed pages that knows nothing of serguide: written from docs/sealed.md alone."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import unicodedata
import zipfile
from html.parser import HTMLParser

from cryptography.hazmat.primitives.ciphers.aead import AESGCM


class Element(HTMLParser):
    """Find the text of the one element."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text = ""
        self.count = 0
        self.inside = False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        kind = dict(attrs)
        self.inside = tag == "script" and kind.get("id") == "serguide-sealed"
        if self.inside:
            assert kind["type"] == "application/json"
            self.count += 1

    def handle_endtag(self, tag):
        self.inside = False

    def handle_data(self, data):
        if self.inside:
            self.text += data


def envelope(page: str) -> dict[str, object]:
    found = Element(page)
    assert found.count == 1
    assert "<" not in found.text
    return json.loads(found.text)


def read(page: str, passphrase: str) -> dict[str, bytes]:
    """Return the files of the bundle; raises cryptography's InvalidTag for a wrong passphrase."""
    sealed = envelope(page)
    assert sealed["format"] == 1
    assert sealed["kdf"] == "PBKDF2-HMAC-SHA256"
    salt, wrap_iv, iv, wrapped, payload = (
        base64.b64decode(sealed[key], validate=True)
        for key in ("salt", "wrap_iv", "iv", "wrapped_key", "payload")
    )
    assert [len(each) for each in (salt, wrap_iv, iv, wrapped)] == [16, 12, 12, 48]
    words = unicodedata.normalize("NFC", passphrase).lower().split()
    wrapping = hashlib.pbkdf2_hmac(
        "sha256", " ".join(words).encode("utf-8"), salt, sealed["rounds"], 32
    )
    head = {key: sealed[key] for key in sealed if key not in ("wrapped_key", "payload")}
    added = json.dumps(head, sort_keys=True, separators=(",", ":")).encode("utf-8")
    key = AESGCM(wrapping).decrypt(wrap_iv, wrapped, added)
    archive = zipfile.ZipFile(io.BytesIO(AESGCM(key).decrypt(iv, payload, added)))
    for entry in archive.infolist():
        assert entry.compress_type == zipfile.ZIP_STORED
        assert entry.date_time == (1980, 1, 1, 0, 0, 0)
    return {name: archive.read(name) for name in archive.namelist()}
