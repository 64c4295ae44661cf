"""Resolve a source into a program: open includes, fill in values, pronunciations and fixed words.

All problems of all files that a session draws in are found in one go; each names its own file.
Values are looked up from the outside in: what the command line sets, the step, the session, the
script that includes, the script itself.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from serguide.base.errors import Problem, ScriptError, UsageError
from serguide.base.hints import SEE_NAMES, SEE_SOUNDSCAPES
from serguide.base.nearest import did_you_mean
from serguide.base.normal_form import normalized
from serguide.base.printable import printable, require_text
from serguide.base.units import Seconds
from serguide.script.expand import Scope, TrackExpander
from serguide.script.expansions import ExpansionCache
from serguide.script.known_names import Names
from serguide.script.library import Libraries
from serguide.script.models import (
    Script,
    Session,
    SoundscapeSpec,
    soundscape_spec,
    step_parts,
)
from serguide.script.program import (
    Origin,
    SessionProgram,
    SoundscapeChoice,
    Spoken,
    TrackProgram,
    Waiver,
)
from serguide.script.reading import ScriptSource
from serguide.script.variants import in_language

DEFAULT_GROUND = "five-to-one"


@dataclass(frozen=True)
class Overrides:
    """Hold what the caller wants otherwise than the file says; None leaves it as it is.

    soundscape: a name, or a path of a sound file; SoundscapeSpec is made by the caller.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    length: Seconds | None = None
    voice: str | None = None
    soundscape: str | None = None


def resolve(
    path: Path,
    libraries: Libraries,
    names: Names,
    overrides: Overrides | None = None,
    *,
    expansions: ExpansionCache | None = None,
) -> SessionProgram:
    """Read a script or session and fill it in.

    expansions: scripts that were read and expanded for others already. Raises ScriptError with
    every problem, and UsageError for a value that nothing uses or that is no text.
    """
    overrides = overrides or Overrides()
    values = {}
    for name, value in overrides.values.items():
        require_text(f"the value of {printable(name)}", value)
        values[normalized(name)] = normalized(value)
    overrides = dataclasses.replace(overrides, values=values)
    expansions = expansions or ExpansionCache()
    source = expansions.sources.of(path)
    resolver = _Resolver(libraries.with_home_of(path), names, overrides, expansions)
    program = resolver.program(source)
    if resolver.problems:
        raise ScriptError(resolver.problems)
    resolver.refuse_unused()
    return program


class _Resolver:
    """Carry what all tracks of one session share."""

    def __init__(
        self, libraries: Libraries, names: Names, overrides: Overrides, expansions: ExpansionCache
    ) -> None:
        self.libraries = libraries
        self.names = names
        self.overrides = overrides
        self.problems: list[Problem] = []
        self.expander = TrackExpander(libraries, names, self.problems, expansions)

    def program(self, source: ScriptSource) -> SessionProgram:
        if isinstance(source.model, Script):
            return self._of_script(source, source.model)
        return self._of_session(source, source.model)

    def refuse_unused(self) -> None:
        known = self.expander.placeholders
        for name in self.overrides.values:
            if name not in known:
                there = ", ".join(sorted(known)) or "none"
                raise UsageError(
                    f"nothing here uses the value “{name}”",
                    did_you_mean(name, known, otherwise=f"the values here are: {there}"),
                )

    def _of_script(self, source: ScriptSource, script: Script) -> SessionProgram:
        scope = self._scope({})
        track = self._track(source, script, scope, self._bed(source, None, script), None)
        named = self.overrides.voice
        chosen = self.names.chosen_voice(named, script.language)
        return SessionProgram(
            name=source.name,
            title=script.title,
            about=script.about or "",
            language=script.language,
            ending="sleep" if _leads_to_sleep(track) else "alert",
            voice=chosen or named or "",
            voice_chosen=chosen is not None,
            length=self.overrides.length,
            tracks=(track,),
            ground=self._ground(source, self._default_ground(script.language), scope),
            path=source.shown,
            waivers=self._waivers(source),
            alone=True,
            made_for=_made_for({**script.values, **scope.values}),
            libraries=self.libraries.roots,
        )

    def _of_session(self, source: ScriptSource, session: Session) -> SessionProgram:
        named = self.overrides.voice or session.voice
        chosen = self.names.chosen_voice(named, session.language)
        if session.voice:
            self._check_voice(source, session.voice, session.language)
        tracks = []
        for index, step in enumerate(session.steps):
            name, options = step_parts(step)
            where: tuple[str | int, ...] = ("steps", index, name)
            step_source = self._step(source, name, where)
            if step_source is None:
                continue
            script = step_source.model
            assert isinstance(script, Script)
            scope = self._scope({**session.values, **options.values})
            bed = self._bed(source, session.soundscape, script, step_source)
            track = self._track(step_source, script, scope, bed, options.length)
            tracks.append(dataclasses.replace(track, optional=options.optional))
        scope = self._scope(session.values)
        ground = session.ground
        if "ground" not in session.model_fields_set:
            ground = self._default_ground(session.language)
        return SessionProgram(
            name=source.name,
            title=session.title,
            about=session.about or "",
            language=session.language,
            ending=session.ending,
            voice=chosen or named or "",
            voice_chosen=chosen is not None,
            length=self.overrides.length or session.length,
            tracks=tuple(tracks),
            ground=self._ground(source, ground, scope, ("ground",)),
            path=source.shown,
            waivers=self._waivers(source),
            made_for=_made_for(scope.values),
            libraries=self.libraries.roots,
        )

    def _waivers(self, source: ScriptSource) -> tuple[Waiver, ...]:
        """Return what the file and all that it draws in waive; call it when all is expanded."""
        files = {source.path: source, **self.expander.used}
        return tuple(
            Waiver(code, reason, Origin(file.shown, file.line("allow", code)))
            for file in files.values()
            for code, reason in file.model.allow.items()
        )

    def _scope(self, values: Mapping[str, str]) -> Scope:
        return Scope({**values, **self.overrides.values}, {})

    def _track(
        self,
        source: ScriptSource,
        script: Script,
        scope: Scope,
        bed: SoundscapeChoice | None,
        length: Seconds | None,
    ) -> TrackProgram:
        return TrackProgram(
            step=source.name,
            kind=script.kind,
            title=script.title,
            about=script.about or "",
            language=script.language,
            audience=script.audience,
            supervision=script.supervision,
            postures=script.posture,
            bed=bed,
            length=length,
            items=self.expander.items(source, script, scope),
            path=source.shown,
        )

    def _default_ground(self, language: str) -> str:
        """Return the way back where none is named: in the listener's language, if there is one."""
        local = in_language(DEFAULT_GROUND, language)
        return local if self.libraries.find(local) else DEFAULT_GROUND

    def _ground(
        self, source: ScriptSource, name: str, scope: Scope, where: tuple[str | int, ...] = ()
    ) -> TrackProgram:
        found = self._step(source, name, where)
        if found is None:
            # A problem stands in the list, so this program is never handed out.
            return TrackProgram(name, "grounding", "", "", "en", "", "", (), None, None, (), "")
        script = found.model
        assert isinstance(script, Script)
        return self._track(found, script, scope, self._bed(found, None, script), None)

    def _step(
        self, source: ScriptSource, name: str, where: tuple[str | int, ...]
    ) -> ScriptSource | None:
        path = self.libraries.find(name)
        if path is None:
            hint = did_you_mean(
                name,
                self.libraries.names(),
                otherwise=SEE_NAMES,
            )
            self.problems.append(
                source.problem(
                    where, "L028", f"there is no script named “{name}”", hint, at_key=True
                )
            )
            return None
        found = self.expander.source(path)
        if found is not None and isinstance(found.model, Session):
            self.problems.append(
                source.problem(
                    where, "L028", f"“{name}” is a session", "a step is a script", at_key=True
                )
            )
            return None
        return found

    def _bed(
        self,
        source: ScriptSource,
        session_wide: str | SoundscapeSpec | None,
        script: Script,
        script_source: ScriptSource | None = None,
    ) -> SoundscapeChoice | None:
        if self.overrides.soundscape is not None:
            spec = _override_spec(self.overrides.soundscape)
            where, owner = None, source
        elif session_wide is not None:
            spec, where, owner = soundscape_spec(session_wide), ("soundscape",), source
        else:
            spec, where = soundscape_spec(script.soundscape), ("soundscape",)
            owner = script_source or source
        if spec is None:
            return None
        known = self.libraries.soundscapes()
        try:
            self.libraries.find_soundscape(spec.name)
        except ScriptError as error:
            self.problems.extend(error.problems)
        if where and spec.name not in known:
            hint = did_you_mean(
                spec.name,
                known,
                otherwise=SEE_SOUNDSCAPES,
            )
            self.problems.append(
                owner.problem(where, "L025", f"there is no soundscape “{spec.name}”", hint)
            )
        return SoundscapeChoice(spec.name, spec.level)

    def _check_voice(self, source: ScriptSource, name: str, language: str) -> None:
        wrong = self.names.voice_problem(name, language, self.libraries.roots)
        if wrong:
            self.problems.append(source.problem(("voice",), "L027", *wrong))


def _leads_to_sleep(track: TrackProgram) -> bool:
    """Tell whether a script's last words, by their beats, leave the listener asleep."""
    spoken = [item for item in track.items if isinstance(item, Spoken)]
    return bool(spoken) and "sleep" in spoken[-1].beats


def _override_spec(name: str) -> SoundscapeSpec | None:
    if name == "none":
        return None
    # A path is taken as it is: whoever types a command may name any file of their own.
    return SoundscapeSpec.model_construct(
        name=name, level=SoundscapeSpec.model_fields["level"].default
    )


def _made_for(values: Mapping[str, str]) -> str:
    """Return whose session it is, in one line: what the placeholder `name` is filled with."""
    return " ".join(values.get("name", "").split())
