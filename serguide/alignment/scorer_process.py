"""Scorer process: weigh stretches of sound as sentences, for whoever began it.

    python -m serguide.alignment.scorer_process

stdin: the primary language and the sentences, then stretches; stdout: for each stretch what it
says; all pickled, from and for the program itself. It ends with its stdin.
"""

from __future__ import annotations

import contextlib
import pickle
import signal
import sys

from serguide.alignment.evidence import SentenceScorer


def main() -> None:
    """Score until nothing comes any more."""
    # Ctrl-C in a terminal reaches all of its processes; this one's maker ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(EOFError, BrokenPipeError):
        scorer = SentenceScorer(*pickle.load(sys.stdin.buffer))
        while True:
            pickle.dump(scorer.score(pickle.load(sys.stdin.buffer)), sys.stdout.buffer)
            sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
