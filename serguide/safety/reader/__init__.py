"""The second reader: warns of sentences that read like harmful ones that it has seen.

The rules know words; this reader knows meaning, a little. A sentence becomes a vector (`vectors`,
by the multilingual model of the extra `reader`), a small classifier of our own (`head`, learnt by
`train` from the sentences in `corpus/`) says how far it lies on the side of the harmful ones, and
of which kind; the nearest examples are shown, so that a writer can judge whether it is right.

Nothing here is needed for a check: without the extra, `second_reader` returns None.
"""

from serguide.safety.reader.kinds import KINDS
from serguide.safety.reader.verdicts import Reading, SecondReader, second_reader

READ_BY_MEANING = frozenset(kind.code for kind in KINDS)
"""The codes of what this reader warns of."""

__all__ = ["READ_BY_MEANING", "Reading", "SecondReader", "second_reader"]
