"""Scripts and sessions damaged in every way: one clear answer, in bounded time and memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from faultlab import FULL, HERE, portion
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from serguide.base.errors import ScriptError, UsageError
from serguide.script.library import open_libraries
from serguide.script.resolve import resolve
from serguide.voices.speakable_names import KNOWN

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="measures with getrusage")


@pytest.mark.parametrize("seed", [1, 2])
def test_mutants_of_the_library(tmp_path, seed):
    """No traceback, 2 s of work and 300 MB at the most: `check` and `show` on real damage."""
    environment = os.environ | {"PYTHONPATH": str(HERE.parents[1])}
    run = subprocess.run(
        [
            sys.executable, HERE / "fault_mutator.py",
            str(seed), str(portion(1000, 150)), tmp_path,
        ],
        capture_output=True, text=True, check=False, env=environment,
    )  # fmt: skip
    *bad, sums = [json.loads(line) for line in run.stdout.splitlines()]
    assert run.returncode == 0, run.stderr
    assert bad == []
    assert sums["done"] == portion(1000, 150)


WORDS = """
    title kind cues say pause rest breathe in out hold cycles sound bowl include chapter steps
    values language en grounding for min max announced 6s 1m30s -3dB {name} [2s]
"""
words = st.sampled_from(WORDS.split()) | st.text(max_size=12)
values = st.recursive(
    words | st.none() | st.booleans() | st.integers() | st.floats(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=12,
)
scripts = st.fixed_dictionaries(
    {"title": values, "kind": st.just("grounding") | words},
    optional={
        "cues": st.lists(st.dictionaries(words, values, min_size=1, max_size=2), max_size=5),
        "steps": st.lists(values, max_size=4),
        "values": values,
        "soundscape": values,
        "language": words,
    },
)


@settings(
    max_examples=500 if FULL else 60,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
@given(st.binary(max_size=400) | st.text(max_size=400) | scripts | values)
def test_what_hypothesis_thinks_of(tmp_path_factory, made):
    path = tmp_path_factory.mktemp("made") / "made.yaml"
    if isinstance(made, bytes):
        path.write_bytes(made)
    else:
        # JSON is YAML: what is a structure here is one there.
        text = made if isinstance(made, str) else json.dumps(made)
        path.write_text(text, encoding="utf-8", errors="replace")
    try:
        resolve(path, open_libraries([]), KNOWN)
    except (ScriptError, UsageError) as error:
        said = str(error)
    else:
        return
    assert said
