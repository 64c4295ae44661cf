"""The envelope opens for its passphrase, whole, and for nothing else."""

from __future__ import annotations

import base64

import pytest

from serguide.base.errors import BundleError
from serguide.bundle.sealed import envelope
from serguide.bundle.sealed.envelope import additional_data, opened, sealed

PHRASE = "unicycle marmalade distant thimble orchard sepia"
CONTENT = bytes(range(256)) * 40


@pytest.fixture
def few_rounds(monkeypatch):
    monkeypatch.setattr(envelope, "ROUNDS", 10)


def test_it_is_as_it_is_told():
    found = sealed(b"hello", PHRASE)
    assert found["format"] == 1
    assert found["kdf"] == "PBKDF2-HMAC-SHA256"
    assert found["rounds"] == 1_000_000
    lengths = {
        k: len(base64.b64decode(found[k]))
        for k in found
        if isinstance(found[k], str) and k != "kdf"
    }
    assert lengths == {"salt": 16, "wrap_iv": 12, "iv": 12, "wrapped_key": 48, "payload": 21}
    assert opened(found, f"  {PHRASE.upper()}\n") == b"hello"


def test_additional_data_is_the_rest_of_it_sorted():
    found = {
        "format": 1,
        "kdf": "K",
        "rounds": 3,
        "salt": "+/==",
        "wrapped_key": "w",
        "wrap_iv": "a",
        "iv": "b",
        "payload": "p",
    }
    assert (
        additional_data(found)
        == b'{"format":1,"iv":"b","kdf":"K","rounds":3,"salt":"+/==","wrap_iv":"a"}'
    )


@pytest.mark.usefixtures("few_rounds")
def test_nothing_is_used_twice():
    one, two = sealed(CONTENT, PHRASE), sealed(CONTENT, PHRASE)
    for key in ("salt", "wrap_iv", "iv", "wrapped_key", "payload"):
        assert one[key] != two[key]


@pytest.mark.usefixtures("few_rounds")
@pytest.mark.parametrize("phrase", ["", PHRASE[:-1], PHRASE.replace(" ", ""), f"{PHRASE} a"])
def test_another_passphrase_opens_nothing(phrase):
    with pytest.raises(BundleError, match="not the passphrase") as caught:
        opened(sealed(CONTENT, PHRASE), phrase)
    assert PHRASE not in str(caught.value)


def flipped(text, at):
    content = bytearray(base64.b64decode(text))
    content[at] ^= 1
    return base64.b64encode(content).decode()


@pytest.mark.usefixtures("few_rounds")
@pytest.mark.parametrize("at", [0, -1])
@pytest.mark.parametrize("key", ["salt", "wrap_iv", "iv", "wrapped_key", "payload"])
def test_one_changed_bit_is_noticed(key, at):
    found = sealed(CONTENT, PHRASE)
    with pytest.raises(BundleError):
        opened(found | {key: flipped(found[key], at)}, PHRASE)


@pytest.mark.usefixtures("few_rounds")
def test_payloads_cannot_be_exchanged():
    one, two = sealed(CONTENT, PHRASE), sealed(CONTENT[::-1], PHRASE)
    with pytest.raises(BundleError, match="damaged"):
        opened(one | {"payload": two["payload"]}, PHRASE)


@pytest.mark.usefixtures("few_rounds")
@pytest.mark.parametrize(
    "change",
    [
        {"format": 0}, {"format": "1"}, {"format": None}, {"kdf": "scrypt"}, {"rounds": 0},
        {"rounds": -1}, {"rounds": True}, {"rounds": 10**9}, {"rounds": "10"}, {"rounds": 1e6},
        {"salt": ""}, {"salt": 5}, {"iv": None}, {"wrap_iv": "AAAA"}, {"wrapped_key": "!!!!"},
        {"payload": "A"}, {"payload": "AAAA"}, {"payload": ["AAAA"]}, {"payload": "é"},
    ],
    ids=str,
)  # fmt: skip
def test_what_is_not_sound_is_told_in_words(change):
    with pytest.raises(BundleError):
        opened(sealed(CONTENT, PHRASE) | change, PHRASE)


@pytest.mark.usefixtures("few_rounds")
def test_a_later_format_asks_for_an_update():
    with pytest.raises(BundleError, match="later serguide"):
        opened(sealed(CONTENT, PHRASE) | {"format": 2}, PHRASE)


@pytest.mark.usefixtures("few_rounds")
@pytest.mark.parametrize("key", ["salt", "iv", "payload", "kdf", "rounds", "format"])
def test_a_missing_field_is_told_in_words(key):
    found = sealed(CONTENT, PHRASE)
    del found[key]
    with pytest.raises(BundleError):
        opened(found, PHRASE)
