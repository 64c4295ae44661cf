"""Sentences as vectors: what the sentence encoder says of each, kept so that it is read once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from serguide.cache.store import Store, key_of
from serguide.safety.reader.embedding import SentenceEncoder, digest
from serguide.safety.reader.targets import ANSWERS

DIMENSIONS: Final = 384
"""Numbers of a text's meaning."""

WIDTH: Final = DIMENSIONS + ANSWERS
"""Numbers of a vector: after those of the meaning, the answers of the taught layers."""

_KEPT = np.dtype("<f2")
_AT_ONCE = 32
"""Texts that are read at a time: their numbers fit near the processor, and Ctrl-C need not wait."""


class Vectors:
    """Turn texts into vectors, each text once: vectors are kept in the store by their text.

    store: or None, to keep none.
    """

    def __init__(self, store: Store | None = None) -> None:
        self._store = store
        self._encoder: SentenceEncoder | None = None

    def of(self, texts: Sequence[str], private: Collection[str] = ()) -> NDArray[np.float32]:
        """Return vectors, shape (texts, WIDTH).

        private: those of the texts that hold a client's words; theirs are kept as such, and
        forgotten with the other entries of clients.
        """
        known = {text: self._kept(text) for text in dict.fromkeys(texts)}
        missing = [text for text in dict.fromkeys(texts) if known.get(text) is None]
        for start in range(0, len(missing), _AT_ONCE):
            for text, vector in self._made(missing[start : start + _AT_ONCE]):
                known[text] = vector
                if self._store:
                    self._store.put(_key(text), vector.tobytes(), private=text in private)
        rows = [known[text] for text in texts]
        return np.array(rows, np.float32).reshape(len(texts), WIDTH)

    def _kept(self, text: str) -> NDArray[np.float16] | None:
        payload = self._store.get(_key(text)) if self._store else None
        if payload is None or len(payload) != WIDTH * _KEPT.itemsize:
            return None
        return np.frombuffer(payload, _KEPT)

    def _made(self, texts: list[str]) -> list[tuple[str, NDArray[np.float16]]]:
        """Return new vectors, as exact as they are kept, so that both ways read the same."""
        self._encoder = self._encoder or SentenceEncoder()
        made = np.concatenate(self._encoder.read(texts), 1).astype(_KEPT)
        return list(zip(texts, made, strict=True))


def _key(text: str) -> str:
    return key_of({"made": "sentence vector", "taught": digest(), "text": text})
