"""Manual of all codes: for `check --explain`, and for docs/problems.md."""

from __future__ import annotations

from collections.abc import Callable

import serguide.safety.rules  # noqa: F401  (fills RULES)
from serguide.base.hints import Hint, Remedy
from serguide.safety.beats import ALIASES, BEATS
from serguide.safety.language_codes import LANGUAGE_CODES
from serguide.safety.rule import RULES


def known_codes() -> tuple[str, ...]:
    """Return every code, those of the language first."""
    return (*sorted(LANGUAGE_CODES), *sorted(RULES, key=lambda code: code[1:]))


Say = Callable[[str], str]
"""Write a hint for whoever reads it; see serguide.base.hints."""


def explain(code: str, say: Say = str) -> str | None:
    """Return what a code means, why, and what to do; None for a code that there is not."""
    code = code.upper()
    if code in LANGUAGE_CODES:
        about, mend = LANGUAGE_CODES[code]
        return f"{code} (error, about the language)\n{about}\n\nUsual mend: {say(mend)}"
    rule = RULES.get(code)
    if rule is None:
        return None
    waiver = (
        f'Waived in a file by:\nallow:\n  {code}: "the reason"'
        if rule.waivable
        else "It cannot be waived."
    )
    told = f"{rule.title}\n\nWhy: {rule.why}\nBetter: {say(rule.better)}"
    return f"{code} ({rule.severity})\n{told}\n\n{waiver}"


def manual(say: Say = str) -> str:
    """Return the page that explains all codes, in Markdown: docs/problems.md."""
    lines = [_HEAD.format(made=say(_MADE), one=say(_ONE)), "## Safety", ""]
    lines += ["| code | rule | why | better |", "|---|---|---|---|"]
    for code, rule in sorted(RULES.items(), key=lambda pair: pair[0][1:]):
        shown = f"{code} ✱" if not rule.waivable and rule.code in _PROTECTED else code
        cells = (shown, rule.title, rule.why, say(rule.better))
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    lines += ["", "## Beats", "", "| beat | the cue … |", "|---|---|"]
    lines += [f"| `{beat}` | {means} |" for beat, means in BEATS.items()]
    others = ", ".join(f"`{other}` for `{beat}`" for other, beat in ALIASES.items())
    lines += ["", f"Also taken: {others}.", "", "## Language", ""]
    lines += ["| code | about | usual mend |", "|---|---|---|"]
    lines += [
        f"| {code} | {about} | {say(mend)} |" for code, (about, mend) in LANGUAGE_CODES.items()
    ]
    return "\n".join(lines) + "\n"


_PROTECTED = frozenset(["E101", "E102", "E106", "E109", "E110", "E111", "E122"])

_MADE = Hint("Made from the rules: edit them, not this page.", Remedy("codes"))
_ONE = Hint("One code alone is explained too.", Remedy("codes", "E103"))

_HEAD = """\
# What the check says

<!-- {made} -->

Problems print as `path:line:column: CODE message`, with the reason and a better wording on the
line below. `E` is an error: `check` and `render` end with 3. `W` is a warning. `L` is about the
language of scripts. {one}

A rule is waived in a script or session with a reason, which the check lists at its end:

```yaml
allow:
  W117: "Five short tracks of which each can be left out."
```

Rules with ✱ are never waived. What a session waives, it waives for its steps; what a script
waives, it waives for itself wherever it is used.

**What is looked at.** A session as it resolves: steps, includes and values filled in, fitted to
its length. A script alone inherits nothing. It owes an opening, the notice, cautions and a closing
(E101, E102, E111, E116) when it holds a technique: paced breathing, pictures, tensing. A step
without one is made to stand in a session, and owes none of them alone. The minute of a closing
(E111) is the session's; a script alone owes its beats. Sentences are read across inline pauses and
cues; titles, chapters, `about` and what stands under `pronounce` are read like what is spoken. What
is wrong in a step of a session stands under the session, at the step's name, with the place in the
step's file; what the step's own file is told in the same run is not told again.

**What stops `render`.** Errors. One exception: where a script alone, or a session without a
technique, is shorter than five minutes, less than any track that is handed to a client, what could
still be settled around it is said and does not stop, so that two sentences can be tried out. So
it is with a script alone in the `tone` voice, which is a draft for timing.

**Beats first.** Where a cue states `beats:`, they say what it means; word lists are for cues that
state none. What the lists find to a listener's good, such as “you can stop at any time”, counts in
any case. What is negated or quoted is not found. A label is no substitute for words: where no list
reads a stated beat, the cue needs some three words for each; the notice about driving has to name
it, and a rest with `announced: true` has to be announced.

**Lengths** are measured on rendered speech where it is in the cache, and estimated otherwise; the
message says which.

**Languages.** English, Czech, Slovak and German have lists for every rule that looks for words.
They know set wordings, not meaning: of harmful sentences by other authors, indirect ones among
them, the Czech and Slovak lists name one in thirteen, and of harmless ones they doubt fewer than
one in a hundred. Any other language is said to be unchecked (W130).

**A second reader.** W201 to W215 are warnings by meaning and not by words, with the extra `reader`;
how they come about, and what they miss, is told in [safety-check.md](safety-check.md).
"""
