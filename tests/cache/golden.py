"""Compare the samples of all steps with those that were recorded; run, record them anew.

python tests/cache/golden.py               after a number was raised
python tests/cache/golden.py "layer fan"   that one alone
"""

from __future__ import annotations

import json
import platform
import sys
import tempfile
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    tests = Path(__file__).resolve().parents[1]
    sys.path[:0] = [str(tests.parent), *(str(tests / room) for room in ("", "audio", "voices"))]

from sound_samples import SAMPLES, Sample, alike, print_of

from serguide.cache.versions import STEPS, installed
from serguide.soundscapes.layers.generators import GENERATORS

FILE = Path(__file__).with_name("golden.json")
RECORD = "python tests/cache/golden.py"
HERE = f"{sys.platform} {platform.machine()}"


def recorded() -> dict[str, dict[str, Any]]:
    return json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}


def number_of(step: str) -> int:
    kind, _, name = step.partition(" ")
    return GENERATORS[name].VERSION if kind == "layer" else STEPS[step].number


def libraries_of(step: str) -> dict[str, str]:
    """Return the versions of the libraries that a step, and what it stands on, are made with."""
    names = {
        name for each in (step, *under(step)) if each in STEPS for name in STEPS[each].libraries
    }
    if step.startswith("layer "):
        names.add("numpy")
    return {name: installed(name) for name in sorted(names) if installed(name)}


def under(step: str) -> tuple[str, ...]:
    """Return the steps whose change is heard in a step's sample too."""
    uses = STEPS[step].uses if step in STEPS else ()
    return tuple(dict.fromkeys((*SAMPLES[step].stands_on, *uses)))


def heard(step: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        return print_of(SAMPLES[step].make(Path(folder)))


def place_of(step: str) -> str:
    """Return where a step's number stands."""
    kind, _, name = step.partition(" ")
    if kind != "layer":
        return f"`{step}` in serguide/cache/versions.py"
    made = GENERATORS[name]
    return f"{made.__name__}.VERSION in {made.__module__.replace('.', '/')}.py"


def complaint(step: str, now: dict[str, Any], before: dict[str, dict[str, Any]]) -> str:
    """Return what has to be done about a step's sample; empty when all is well.

    now: its print; before: what was recorded of every step.
    """
    then = before.get(step)
    if then is None:
        return f"“{step}” has no recorded sample: run `{RECORD}`"
    if number_of(step) != then["number"]:
        return f"the number of “{step}” was raised: run `{RECORD}`"
    if alike(now, then["print"]):
        return ""
    lower = [each for each in under(step) if changed(each, before)]
    if lower:
        return f"“{step}” sounds different because {', '.join(lower)} does: see there"
    return f"“{step}” sounds different: raise {place_of(step)}, then run `{RECORD}`"


def changed(step: str, before: dict[str, dict[str, Any]]) -> bool:
    then = before.get(step)
    return (
        then is None or number_of(step) != then["number"] or not alike(heard(step), then["print"])
    )


def entry(step: str, sample: Sample) -> dict[str, Any]:
    return {
        "number": number_of(step),
        "where": HERE if sample.where == "here" else "anywhere",
        "libraries": libraries_of(step),
        "print": heard(step),
    }


def main(wanted: list[str]) -> None:
    """Record what is new, and what changed with its number or with one that it stands on."""
    before, refused = recorded(), []
    if unknown := set(wanted) - set(SAMPLES):
        sys.exit(f"there is no sample of {', '.join(unknown)} in tests/cache/sound_samples.py")
    found = {}
    for step, sample in SAMPLES.items():
        if wanted and step not in wanted:
            found |= {step: before[step]} if step in before else {}
            continue
        found[step] = entry(step, sample)
        then = before.get(step)
        if then is None or alike(found[step]["print"], then["print"]):
            continue
        raised = [
            each for each in (step, *under(step))
            if each not in before or number_of(each) != before[each]["number"]
        ]  # fmt: skip
        if not raised and libraries_of(step) == then["libraries"]:
            refused.append(f"“{step}” sounds different: raise {place_of(step)} first")
    if refused:
        sys.exit("\n".join(refused))
    lines = [f"  {json.dumps(step)}: {json.dumps(each)}" for step, each in found.items()]
    FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
