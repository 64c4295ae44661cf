"""What a listener does with a sealed page."""

from __future__ import annotations

import json

PHRASE = "unicycle marmalade distant thimble orchard sepia"
FORM = "document.querySelector('#lock-form')?.checkVisibility()"
SAID = "document.querySelector('#lock-said').textContent"


def type_words(one, words):
    """Put words into the field, as pasting does, and tap Open."""
    one.until(FORM)
    one.get(
        "((field) => { field.value = " + json.dumps(words) + ";"
        " field.dispatchEvent(new Event('input', {bubbles: true})); })"
        "(document.querySelector('#lock-phrase'))"
    )
    one.tap("#lock-form .go")


def unlocked(one, words=PHRASE):
    """Type the words, and wait for the player."""
    type_words(one, words)
    opened = "document.body?.dataset.screen === 'before' && document.querySelector('#begin')"
    one.until(opened, 30)
    return one
