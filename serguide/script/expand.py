"""Expand a script's cues, and those of its includes, into a flat list of items."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from serguide.base.errors import Problem, ScriptError
from serguide.base.hints import SEE_NAMES, Hint, Remedy
from serguide.base.nearest import did_you_mean
from serguide.base.units import Seconds
from serguide.script.cues import (
    BreatheCue,
    ChapterCue,
    IncludeCue,
    PauseCue,
    RestCue,
    SayCue,
    SoundCue,
)
from serguide.script.expansions import Expansion, ExpansionCache
from serguide.script.known_names import Names
from serguide.script.library import Libraries
from serguide.script.models import Script
from serguide.script.phrases import guide_words
from serguide.script.program import (
    Breathing,
    Chapter,
    Item,
    Origin,
    Pause,
    Phase,
    Rest,
    Sound,
    Spoken,
)
from serguide.script.pronunciation import Speller
from serguide.script.reading import ScriptSource
from serguide.script.text import (
    LENGTHS,
    InlinePause,
    Piece,
    TextError,
    fill,
    fill_plain,
    parse_text,
    slots_of,
)

DEEPEST_INCLUDE = 12
MOST_ITEMS = 100_000
"""Sentences, silences and breaths that one session may come to."""

MOST_INCLUDES = 5_000
"""Includes that one session may come to: they multiply when they stand in one another."""


@dataclass(frozen=True)
class Scope:
    """Hold what a script sees from outside: values, and how words are pronounced."""

    values: Mapping[str, str]
    pronounce: Mapping[str, str]

    def inside(self, script: Script) -> Scope:
        """Return the scope within a script: what comes from outside wins."""
        return Scope(
            {**script.values, **self.values},
            {**script.pronounce, **self.pronounce},
        )


class TrackExpander:
    """Turn scripts into items, adding what is wrong to `problems`."""

    def __init__(
        self, libraries: Libraries, names: Names, problems: list[Problem], cache: ExpansionCache
    ) -> None:
        self.libraries = libraries
        self.names = names
        self.problems = problems
        self.placeholders: set[str] = set()
        self.used: dict[Path, ScriptSource] = {}
        self._cache = cache
        self._wrong: set[Path] = set()
        self._now = Expansion()
        self._sounds = 0
        self._includes = 0
        self._overflown = False
        self._cue = 0

    def source(self, path: Path) -> ScriptSource | None:
        """Read a file; None when it is wrong (its problems are added, once)."""
        if path in self._wrong:
            return None
        try:
            self.used[path] = self._cache.sources.of(path)
        except ScriptError as error:
            self.problems.extend(error.problems)
            self._wrong.add(path)
            return None
        return self.used[path]

    def items(self, source: ScriptSource, script: Script, scope: Scope) -> tuple[Item, ...]:
        """Return a script's items, includes opened."""
        key = (
            tuple(library.root for library in self.libraries.libraries),
            source.path,
            frozenset(scope.values.items()),
            frozenset(scope.pronounce.items()),
        )
        found = self._cache.get(key)
        if found is None or not self._fits(found):
            found = self._expanded(source, script, scope)
            if not self.problems:
                self._cache.keep(key, found)
        self._sounds += found.sounds
        self._includes += found.includes
        self.placeholders |= found.placeholders
        self.used |= found.used
        return found.items

    def _fits(self, found: Expansion) -> bool:
        return (
            self._sounds + found.sounds <= MOST_ITEMS
            and self._includes + found.includes <= MOST_INCLUDES
        )

    def _expanded(self, source: ScriptSource, script: Script, scope: Scope) -> Expansion:
        self._cue = 0
        self._now = Expansion()
        self._now.items = tuple(self._expand(source, script, scope.inside(script), (source.path,)))
        return self._now

    def _expand(
        self, source: ScriptSource, script: Script, scope: Scope, trail: tuple[Path, ...]
    ) -> Iterator[Item]:
        words = {**self._pronunciations(script.language), **scope.pronounce}
        spell = Speller(words, script.language)
        self._now.placeholders.update(script.values)
        for index, cue in enumerate(script.cues):
            self._cue += 1
            origin = Origin(source.shown, source.line("cues", index))
            place = _Place(source, index, origin)
            if isinstance(cue, IncludeCue):
                yield from self._include(place, cue, scope, trail)
            elif isinstance(cue, SayCue):
                yield from self._counted(self._say(place, cue, script, scope, spell))
            elif isinstance(cue, ChapterCue):
                pieces = self._pieces(place, "chapter", cue.chapter, scope)
                if pieces is not None:
                    yield Chapter(fill_plain(pieces, scope.values), origin)
            else:
                yield from self._counted(self._silent(place, cue, script, spell))

    def _pronunciations(self, language: str) -> Mapping[str, str]:
        """Return how the libraries pronounce words; where one's file is wrong, say so once."""
        try:
            return self.libraries.pronunciations(language)
        except ScriptError as error:
            self.problems += [each for each in error.problems if each not in self.problems]
            return {}

    def _counted(self, items: Iterator[Item]) -> Iterator[Item]:
        for item in items:
            self._now.sounds += item.most if isinstance(item, Breathing) else 1
            if self._sounds + self._now.sounds <= MOST_ITEMS:
                yield item
            else:
                self._too_many(item.origin, f"{MOST_ITEMS:,} sentences and breaths")

    def _too_many(self, origin: Origin, what: str) -> None:
        if not self._overflown:
            self._overflown = True
            self.problems.append(
                Problem(
                    origin.path,
                    origin.line,
                    1,
                    "L007",
                    f"the session comes to more than {what} here",
                    "make it shorter, or include less",
                )
            )

    def _include(
        self, place: _Place, cue: IncludeCue, scope: Scope, trail: tuple[Path, ...]
    ) -> Iterator[Item]:
        path = self.libraries.find(cue.include)
        if path is None:
            hint = did_you_mean(
                cue.include,
                self.libraries.names(),
                otherwise=SEE_NAMES,
            )
            self._add(place, "include", "L022", f"there is no script named “{cue.include}”", hint)
            return
        if path in trail:
            way = " → ".join(p.stem for p in [*trail[trail.index(path) :], path])
            self._add(place, "include", "L023", f"includes itself: {way}", "take one of them out")
            return
        if len(trail) >= DEEPEST_INCLUDE:
            self._add(
                place, "include", "L023", "includes are nested too deep", "include fewer levels"
            )
            return
        self._now.includes += 1
        if self._includes + self._now.includes > MOST_INCLUDES:
            self._too_many(place.origin, f"{MOST_INCLUDES:,} includes")
        if self._overflown:
            return
        found = self.source(path)
        if found is None:
            return
        self._now.used[path] = found
        if not isinstance(found.model, Script):
            self._add(place, "include", "L022", f"“{cue.include}” is a session", "include a script")
            return
        yield from self._expand(found, found.model, scope.inside(found.model), (*trail, path))

    def _pieces(self, place: _Place, key: str, text: str, scope: Scope) -> list[Piece] | None:
        try:
            pieces = parse_text(text)
        except TextError as error:
            self._add(place, key, "L020", error.message, error.hint)
            return None
        missing = False
        for name in slots_of(pieces):
            if name in LENGTHS and name not in scope.values:
                missing = missing or not self._length_fits(place, key, name)
                continue
            self._now.placeholders.add(name)
            if name not in scope.values:
                missing = True
                near = did_you_mean(name, scope.values)
                self._add(
                    place,
                    key,
                    "L021",
                    f"the placeholder {{{name}}} has no value and no default",
                    near
                    or Hint(
                        f"add `{name}:` under `values:`, or give it a value for this once",
                        Remedy("value", name),
                    ),
                )
        return None if missing else pieces

    def _length_fits(self, place: _Place, key: str, name: str) -> bool:
        """Say whether a length can be spoken here; complain if not."""
        cues = place.source.model.cues if isinstance(place.source.model, Script) else ()
        if key != "say":
            message = f"`{{{name}}}` is filled in where something is spoken, in a `say:`"
            self._add(place, key, "L021", message, "write the title without a length")
            return False
        if name == "quiet" and not any(
            isinstance(cue, RestCue | IncludeCue) for cue in cues[place.index :]
        ):
            message = "`{quiet}` is the length of the next rest, and no `rest:` follows"
            self._add(place, key, "L021", message, "add `- rest: 20s` after it, or take it out")
            return False
        return True

    def _say(
        self, place: _Place, cue: SayCue, script: Script, scope: Scope, spell: Speller
    ) -> Iterator[Item]:
        if cue.voice:
            wrong = self.names.voice_problem(cue.voice, script.language, self.libraries.roots)
            if wrong:
                self._add(place, "voice", "L027", *wrong)
        pieces = self._pieces(place, "say", cue.say, scope)
        if pieces is None:
            return
        if not any(
            char.isalnum() for piece in pieces for char in getattr(piece, "text", "") or "slot"
        ):
            self._add(place, "say", "L020", "has no word in it", "write a word, or use `pause:`")
            return
        for part in fill(pieces, scope.values, script.language):
            if isinstance(part, InlinePause):
                yield Pause(part.length, place.origin)
            else:
                spoken, sounds = spell(part.text)
                yield Spoken(
                    text=part.text,
                    spoken=spoken,
                    language=script.language,
                    origin=place.origin,
                    cue=self._cue,
                    pace=cue.pace,
                    volume_db=cue.volume,
                    voice=cue.voice,
                    beats=cue.beats,
                    private=part.private,
                    sounds=sounds,
                )

    def _silent(
        self,
        place: _Place,
        cue: PauseCue | RestCue | BreatheCue | SoundCue,
        script: Script,
        spell: Speller,
    ) -> Iterator[Item]:
        if isinstance(cue, PauseCue):
            yield Pause(cue.pause, place.origin)
        elif isinstance(cue, RestCue):
            spec = cue.spec
            yield Rest(
                spec.length,
                spec.shortest if spec.shortest is not None else Seconds(spec.length / 2),
                spec.longest if spec.longest is not None else Seconds(spec.length * 3),
                spec.announced,
                place.origin,
            )
        elif isinstance(cue, SoundCue):
            wrong = self.names.sound_problem(cue.sound)
            if wrong:
                self._add(place, "sound", "L026", *wrong)
            yield Sound(cue.sound, cue.volume, place.origin)
        else:
            yield self._breathing(place, cue, script, spell)

    def _breathing(
        self, place: _Place, cue: BreatheCue, script: Script, spell: Speller
    ) -> Breathing:
        breath = cue.breathe
        lengths: tuple[tuple[Phase, Seconds], ...] = (
            ("in", breath.inhale),
            ("hold", breath.hold),
            ("out", breath.exhale),
            ("rest", breath.rest),
        )
        phases = tuple((phase, length) for phase, length in lengths if length > 0)
        words: tuple[tuple[Phase, Spoken], ...] = ()
        if breath.guide in ("words", "both") and breath.guide_cycles > 0:
            table = guide_words(script.language)
            if table is None:
                self._add(
                    place,
                    "breathe",
                    "L031",
                    f"there are no guide words for the language “{script.language}”",
                    "write `guide: tone`, and say the words in a `say:` before it",
                )
            else:
                words = tuple(
                    (phase, self._guide_word(place, table[phase], script, spell))
                    for phase, _ in phases
                )
        fewest, most = breath.cycles
        return Breathing(
            phases=phases,
            # A range begins in its lower middle, so that a session can grow and shrink.
            cycles=(fewest + most) // 2,
            fewest=fewest,
            most=most,
            words=words,
            guide_cycles=breath.guide_cycles,
            tone=breath.guide != "none",
            tone_from_start=breath.guide in ("tone", "both"),
            origin=place.origin,
        )

    def _guide_word(self, place: _Place, word: str, script: Script, spell: Speller) -> Spoken:
        spoken, sounds = spell(word)
        return Spoken(
            word,
            spoken,
            script.language,
            place.origin,
            self._cue,
            beats=("breath",),
            sounds=sounds,
        )

    def _add(self, place: _Place, key: str, code: str, message: str, hint: str) -> None:
        self.problems.append(place.source.problem(("cues", place.index, key), code, message, hint))


@dataclass(frozen=True, slots=True)
class _Place:
    source: ScriptSource
    index: int
    origin: Origin
