"""Readings weighed by processes of their own: the same as here, whatever becomes of those."""

import os
import signal
import time

import pytest
from espeak_takes import speaker, spoken
from needed import missing

from serguide.alignment.activity import listen
from serguide.alignment.evidence import SentenceScorer
from serguide.alignment.phone_variants import pronounced
from serguide.alignment.recogniser import INSTALL, Recogniser, installed
from serguide.alignment.scorer_pool import ScorerPool
from serguide.alignment.take_sound import take_of
from serguide.alignment.verifier import Verifier

LINES = [
    "These few minutes are for arriving.",
    "Some people like to close their eyes.",
    "The chair will carry your weight for a while.",
]
SAID = [LINES[0], LINES[2], LINES[1]]  # two are not what is looked for


@pytest.fixture(scope="module")
def take():
    """Return a take, its activity, the words of its sentences, and what is asked of it."""
    if not installed():
        missing("soundswallower", INSTALL)
    samples, places = spoken(speaker("espeak:en-us", "en", 1.15), SAID)
    sound = take_of(samples)
    words = pronounced(LINES, "en", Recogniser("en", 1e-60).known)
    asked = [(number, start, end) for number, (start, end) in enumerate(places)]
    return sound, listen(sound), words, asked


@pytest.fixture(scope="module")
def here(take):
    """Return what is said of each when it is weighed in this process."""
    sound, activity, words, asked = take
    verifier = Verifier(SentenceScorer("en", words).score, sound, activity)
    return [verifier.measure(*each) for each in asked]


def processes(pool):
    return list(pool._processes.values())


def test_processes_say_what_is_said_here(take, here):
    sound, activity, words, asked = take
    with ScorerPool("en", words, 2) as pool:
        verifier = Verifier(pool.score, sound, activity, pool.ahead)
        for each in asked:
            verifier.expect(*each)
        assert [verifier.measure(*each) for each in asked] == here
        begun = processes(pool)
        assert begun
        assert all(process.poll() is None for process in begun)
    assert all(process.poll() is not None for process in begun)
    assert here[0].worst > here[1].worst if here[1] else here[0]


def test_what_a_killed_process_could_not_say_is_said_here(take, here):
    sound, activity, words, asked = take
    with ScorerPool("en", words, 1) as pool:
        verifier = Verifier(pool.score, sound, activity, pool.ahead)
        verifier.expect(*asked[0])
        assert verifier.measure(*asked[0]) == here[0]
        os.kill(processes(pool)[0].pid, signal.SIGKILL)
        for each in asked[1:]:
            verifier.expect(*each)
        assert [verifier.measure(*each) for each in asked[1:]] == here[1:]


def test_an_error_waits_for_nobody(take):
    sound, activity, words, asked = take
    begun = []

    def interrupted():
        with ScorerPool("en", words, 1) as pool:
            verifier = Verifier(pool.score, sound, activity, pool.ahead)
            for each in asked * 40:
                verifier.expect(*each)
            while not processes(pool):
                time.sleep(0.01)
            begun.extend(processes(pool))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert all(process.poll() is not None for process in begun)
