"""Ten takes of 2 to 10 minutes by two voices, and what is said wrongly in them."""

from __future__ import annotations

from pathlib import Path

from long_takes import Recipe

SENTENCES = Path(__file__).with_name("sentences.txt").read_text("utf-8").splitlines()
"""What is read: sentences of a session, each once, in order."""

_ELSEWHERE = (
    "Could you bring some bread and two apples from the market?",
    "The train to the coast leaves at a quarter past nine.",
    "He had left his umbrella in the hall again.",
    "Wait, I think the phone is ringing next door.",
    "My neighbour has painted her garden fence bright yellow.",
    "That was nearly the same price as last winter.",
)
_CHANGED = {
    4: "You can start at any moment.",
    5: "To come back, you could look around, and press your hands together.",
    8: "Some people like to open their windows.",
    11: "This house has a garden.",
    15: "Whatever the week was like, it has carried you over the river.",
    22: "And then for one that is far away.",
    26: "This evening belongs to the children.",
    28: "It can be hard to put the book down.",
}

WRONG = {
    number: _CHANGED.get(number, _ELSEWHERE[number % len(_ELSEWHERE)])
    for number in range(len(SENTENCES))
}
"""What is said in a sentence's place, where a take has it."""

TAKES = (
    Recipe("calm, noise at 20 dB", "joe", range(30), 1),
    Recipe("music behind it", "joe", range(30, 62), 2, music=True),
    Recipe("many repeats and false starts", "joe", range(60, 92), 3, repeats=0.3, false_starts=0.3),
    Recipe("ten minutes", "joe", range(128), 4, title=True),
    Recipe("hardly a pause", "joe", range(15, 60), 5, pauses=(0.3, 0.7), title=True),
    Recipe("soft, six said wrongly", "joe", range(35), 6, wrong=0.25, gain=0.08),
    Recipe("calm, noise at 20 dB", "kokoro", range(28), 7),
    Recipe("music behind it", "kokoro", range(28), 8, music=True),
    Recipe("a fifth left out, some wrong", "kokoro", range(36), 9, omissions=0.2, wrong=0.15),
    Recipe("coughs, pages, breaths", "kokoro", range(36), 10, clatter=0.4, breaths=0.6),
)
"""Repeats, false starts, omissions and something else said are in all of them."""

SHORT = (0, 2)
"""Those that are made where time is short."""
