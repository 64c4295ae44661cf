"""Sealed envelope: bytes encrypted with AES-256-GCM under a passphrase, as a JSON object.

A random content key encrypts the payload; a key derived from the passphrase by
PBKDF2-HMAC-SHA256 (RFC 8018) wraps the content key. Both encryptions authenticate the object
itself, without the two ciphertexts. docs/sealed.md tells how to read it.
"""

from __future__ import annotations

import base64
import binascii
import json
import secrets
from collections.abc import Mapping
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

from serguide.base.errors import BundleError
from serguide.bundle.sealed.passphrase import normalised

FORMAT: Final = 1
KDF: Final = "PBKDF2-HMAC-SHA256"
ROUNDS: Final = 1_000_000
MOST_ROUNDS: Final = 10_000_000
"""A file that asks for more is refused: it would keep the processor busy for minutes."""

KEY_BYTES: Final = 32
SALT_BYTES: Final = 16
IV_BYTES: Final = 12
TAG_BYTES: Final = 16

_CIPHERTEXTS: Final = ("wrapped_key", "payload")
_ASK_AGAIN: Final = "Ask for the file again, and open it where it was saved whole."


def sealed(content: bytes, passphrase: str) -> dict[str, int | str]:
    """Return the envelope of some bytes; every call draws a new key, salt and IVs."""
    key = secrets.token_bytes(KEY_BYTES)
    salt = secrets.token_bytes(SALT_BYTES)
    wrap_iv, iv = secrets.token_bytes(IV_BYTES), secrets.token_bytes(IV_BYTES)
    head: dict[str, int | str] = {
        "format": FORMAT,
        "kdf": KDF,
        "rounds": ROUNDS,
        "salt": _base64(salt),
        "wrap_iv": _base64(wrap_iv),
        "iv": _base64(iv),
    }
    added = additional_data(head)
    wrapped = AESGCM(_derived(passphrase, salt, ROUNDS)).encrypt(wrap_iv, key, added)
    payload = AESGCM(key).encrypt(iv, content, added)
    return head | {"wrapped_key": _base64(wrapped), "payload": _base64(payload)}


def opened(envelope: Mapping[str, Any], passphrase: str) -> bytes:
    """Return the bytes in an envelope.

    Raises BundleError when it is of a later format, not sound, or not of this passphrase.
    """
    if isinstance(envelope.get("format"), int) and envelope["format"] > FORMAT:
        raise BundleError("The page was sealed by a later serguide.", "Update serguide.")
    rounds: Any = envelope.get("rounds")
    if envelope.get("format") != FORMAT or envelope.get("kdf") != KDF or not _is_count(rounds):
        raise BundleError("The page is sealed in a way that serguide does not know.", _ASK_AGAIN)
    salt = _bytes(envelope, "salt", SALT_BYTES)
    wrap_iv, iv = _bytes(envelope, "wrap_iv", IV_BYTES), _bytes(envelope, "iv", IV_BYTES)
    wrapped = _bytes(envelope, "wrapped_key", KEY_BYTES + TAG_BYTES)
    payload = _bytes(envelope, "payload")
    try:
        added = additional_data(envelope)
    except RecursionError as error:
        raise BundleError("The page is damaged: its parts lie too deep.", _ASK_AGAIN) from error
    try:
        key = AESGCM(_derived(passphrase, salt, rounds)).decrypt(wrap_iv, wrapped, added)
    except InvalidTag as error:
        raise BundleError(
            "That is not the passphrase of this page, or the page was changed.",
            "Look the words over, one by one; capitals and blanks do not matter.",
        ) from error
    try:
        return AESGCM(key).decrypt(iv, payload, added)
    except InvalidTag as error:
        message = "The passphrase is right, but the page is damaged."
        raise BundleError(message, _ASK_AGAIN) from error


def additional_data(envelope: Mapping[str, Any]) -> bytes:
    """Return what both encryptions authenticate: the envelope without its ciphertexts."""
    head = {key: value for key, value in envelope.items() if key not in _CIPHERTEXTS}
    return json.dumps(head, sort_keys=True, separators=(",", ":")).encode("utf-8")


def _derived(passphrase: str, salt: bytes, rounds: int) -> bytes:
    derivation = PBKDF2HMAC(SHA256(), KEY_BYTES, salt, rounds)
    return derivation.derive(normalised(passphrase).encode("utf-8"))


def _is_count(rounds: Any) -> bool:
    return type(rounds) is int and 0 < rounds <= MOST_ROUNDS


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _bytes(envelope: Mapping[str, Any], key: str, length: int | None = None) -> bytes:
    """Return a field's bytes; length: that it must have, otherwise at least a tag's."""
    try:
        content = base64.b64decode(envelope[key], validate=True)
    except (LookupError, TypeError, ValueError, binascii.Error) as error:
        message = f"The page is damaged: its “{key}” cannot be read."
        raise BundleError(message, _ASK_AGAIN) from error
    if len(content) != length if length is not None else len(content) < TAG_BYTES:
        raise BundleError(f"The page is damaged: its “{key}” is cut short.", _ASK_AGAIN)
    return content
