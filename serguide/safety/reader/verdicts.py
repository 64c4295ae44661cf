"""Read texts: which are warned of, for what, how surely, and what they read like."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from serguide.cache.store import Store
from serguide.safety.reader.corpus import Example
from serguide.safety.reader.embedding import installed
from serguide.safety.reader.head import Head
from serguide.safety.reader.kinds import Kind
from serguide.safety.reader.quiet import unread
from serguide.safety.reader.vectors import Vectors


@dataclass(frozen=True, slots=True)
class Reading:
    """Hold a warning; sure: how likely it is right, from 0 to 1, as held-out voices tell.

    like, unlike: the nearest harmful and the nearest innocent example of the kind.
    """

    kind: Kind
    sure: float
    like: Example
    unlike: Example


class SecondReader:
    """Read texts by their meaning; store: where their vectors are kept, or None."""

    def __init__(self, store: Store | None = None) -> None:
        self._vectors = Vectors(store)

    def read(
        self,
        texts: Collection[str],
        windows: Collection[str] = (),
        private: Collection[str] = (),
    ) -> dict[str, Reading]:
        """Return a reading for each text that is warned of; the others are not in it.

        texts: sentences, in any language; windows: texts of several sentences, which must score
        higher; private: those of both that hold a client's words, and whose vectors are kept as
        such.
        """
        return self.judge(unread(texts), unread(windows), private)

    def judge(
        self, single: Collection[str], several: Collection[str], private: Collection[str]
    ) -> dict[str, Reading]:
        """Do what `read` does, with texts of the built-in library too."""
        if not single and not several:
            return {}
        head = Head.shipped()
        texts = (*single, *several)
        vectors = self._vectors.of(texts, private)
        bounds = [head.threshold] * len(single)
        bounds += [head.threshold + head.window_margin] * len(several)
        return {
            text: Reading(verdict.kind, verdict.sure, verdict.like, verdict.unlike)
            for text, verdict, bound in zip(texts, head.judge(texts, vectors), bounds, strict=True)
            if verdict.score > bound
        }


def second_reader(store: Store | None = None) -> SecondReader | None:
    """Return the second reader, or None without the extra `reader`."""
    return SecondReader(store) if installed() else None
