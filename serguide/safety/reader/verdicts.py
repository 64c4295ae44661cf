"""Read texts: which are warned of, for what, how surely, and what they read like."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from serguide.cache.store import Store
from serguide.safety.reader.corpus import Example
from serguide.safety.reader.embedding import installed
from serguide.safety.reader.head import Head
from serguide.safety.reader.heard import as_heard, parts_of, readable
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
        """Do what `read` does, with texts of the built-in library too.

        A long sentence is read in its parts too, of which more is asked, as they are fragments.
        """
        if not single and not several:
            return {}
        head = Head.shipped()
        asked = [(text, head.threshold, as_heard(text)) for text in single]
        more = head.threshold + head.window_margin
        asked += [(text, more, part) for text, _, heard in asked for part in parts_of(heard)]
        asked += [(text, more, as_heard(text)) for text in several]
        asked = [each for each in asked if readable(each[2])]
        heard = list(dict.fromkeys(part for _, _, part in asked))
        hidden = {part for text, _, part in asked if text in private}
        verdicts = dict(zip(heard, head.judge(heard, self._vectors.of(heard, hidden)), strict=True))
        readings: dict[str, Reading] = {}
        for text, bound, part in asked:
            verdict = verdicts[part]
            if verdict.score > bound and text not in readings:
                readings[text] = Reading(verdict.kind, verdict.sure, verdict.like, verdict.unlike)
        return readings


def second_reader(store: Store | None = None) -> SecondReader | None:
    """Return the second reader, or None without the extra `reader`."""
    return SecondReader(store) if installed() else None
