"""Write session.json: a W3C Audiobooks manifest, with a player's data under `serguide`.

Publication Manifest: https://www.w3.org/TR/pub-manifest/; its profile for audiobooks:
https://www.w3.org/TR/audiobooks/. Both recommend datePublished and dateModified; a bundle has
neither, because the same input gives the same bytes, whenever it is rendered.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote, unquote

from serguide.base.cldr import direction
from serguide.base.units import SAMPLERATE, Samples
from serguide.bundle.identity import ALTERNATE, CONFORMS_TO, identity_of
from serguide.bundle.model import (
    CAPTIONS,
    COVER,
    GROUND_CAPTIONS,
    PAGE,
    PLAYLIST,
    TRANSCRIPT,
    WEBMANIFEST,
    WORKER,
    AudioFile,
    Contents,
    decimal_seconds,
    microseconds,
)
from serguide.bundle.words import InterfaceWords, words_for
from serguide.notices.model import Notices
from serguide.render.measures import SessionLoudness
from serguide.timeline.model import Event
from serguide.voices.credits import credits_of

FORMAT = 1
"""The version of the `serguide` key; counts up when a reader of the old could go wrong."""

_OTHER_FORMS = {".html": "text/html", ".zip": "application/zip", ".m4b": "audio/mp4"}
"""Media types of these."""

_NESTED = ("serguide", "notices")
"""The objects that are laid out a key a line, as the manifest itself is."""

_ONE_A_LINE = (
    "readingOrder",
    "resources",
    "tracks",
    "events",
    "ground_events",
    "cautions",
    "contacts",
)
"""The arrays whose items stand on a line of their own, to be read and compared by people."""


def manifest_json(contents: Contents, integrity: Mapping[str, str] | None = None) -> str:
    """Write the manifest's text: UTF-8, one event a line, the same for the same contents.

    integrity: of every file of the bundle but this, by its path, as `sha256-…`; a file that no
    contents tell of is listed as another form of them.
    """
    body = _body(contents)
    identity, written = identity_of(body), dict(integrity or {})
    for row in (*body["readingOrder"], *body["resources"]):
        if found := written.pop(unquote(row["url"]), None):
            row["integrity"] = found
    body["resources"] += [
        {
            **_linked(path, _OTHER_FORMS[PurePosixPath(path).suffix], rel=ALTERNATE),
            "integrity": found,
        }
        for path, found in written.items()
    ]
    identified = {}
    for key, value in body.items():
        identified[key] = value
        if key == "type":
            identified["id"] = identity
    return _laid_out(identified) + "\n"


def identifier(contents: Contents) -> str:
    """Return the bundle's `id`: of its contents, so that a copy keeps it and no other shares it."""
    return identity_of(_body(contents))


def _body(contents: Contents) -> dict[str, Any]:
    return {**_publication(contents), "serguide": _serguide(contents)}


def _publication(contents: Contents) -> dict[str, Any]:
    program = contents.timeline.program
    words = words_for(program.language)
    # Summed after rounding, so that the parts add up to the whole for a reader who checks.
    total = sum(microseconds(file.frames) for file in contents.tracks)
    body: dict[str, Any] = {
        "@context": [
            "https://schema.org",
            "https://www.w3.org/ns/pub-context",
            {"language": program.language, "direction": direction(program.language)},
        ],
        "conformsTo": CONFORMS_TO,
        "type": "Audiobook",
        "url": PAGE,
        "name": program.title,
        "inLanguage": program.language,
        "readingProgression": direction(program.language),
        "author": {"type": "Organization", "name": "serguide"},
        "readBy": {"type": "Organization", "name": program.voice},
        "duration": _duration(total),
        "abridged": False,
        "accessMode": ["auditory", "textual"],
        "accessModeSufficient": [
            {"type": "ItemList", "itemListElement": ["auditory"]},
            {"type": "ItemList", "itemListElement": ["textual"]},
        ],
        "accessibilityFeature": [
            "captions",
            "transcript",
            "tableOfContents",
            "structuralNavigation",
        ],
        "accessibilityHazard": ["noFlashingHazard", "noMotionSimulationHazard", "noSoundHazard"],
        "accessibilitySummary": words.say("accessibility"),
        "readingOrder": _reading_order(contents),
        "resources": _resources(contents, words),
    }
    if program.about.strip():
        body["description"] = program.about.strip()
    if practice := contents.notices.practice.name:
        body["publisher"] = {"type": "Organization", "name": practice}
    return body


def _reading_order(contents: Contents) -> list[dict[str, Any]]:
    if contents.undivided:
        return [_audio(contents.audio, contents.timeline.program.title)]
    return [
        _audio(file, track.program.title)
        for track, file in zip(contents.timeline.tracks, contents.tracks, strict=True)
    ]


def _resources(contents: Contents, words: InterfaceWords) -> list[dict[str, Any]]:
    title = contents.timeline.program.title
    return [
        _linked(PAGE, "text/html", rel="contents"),
        _linked(COVER, "image/png", rel="cover", name=words.say("cover", title=title)),
        *([] if contents.undivided else [_audio(contents.audio, title)]),
        _audio(contents.ground, words.say("ground")),
        _linked(CAPTIONS, "text/vtt", name=words.say("captions")),
        _linked(
            GROUND_CAPTIONS, "text/vtt", name=f"{words.say('ground')} · {words.say('captions')}"
        ),
        _linked(TRANSCRIPT, "text/plain", name=words.say("read")),
        _linked(PLAYLIST, "audio/mpegurl"),
        _linked(WEBMANIFEST, "application/manifest+json"),
        _linked(WORKER, "text/javascript"),
    ]


def _audio(file: AudioFile, name: str) -> dict[str, Any]:
    return _linked(
        file.path, file.media_type, name=name, duration=_duration(microseconds(file.frames))
    )


def _linked(path: str, encoding: str, **more: str) -> dict[str, Any]:
    return {"type": "LinkedResource", "url": quote(path), "encodingFormat": encoding, **more}


def _serguide(contents: Contents) -> dict[str, Any]:
    program = contents.timeline.program
    return {
        "format": FORMAT,
        "samplerate": SAMPLERATE,
        "audio": contents.audio.path,
        "ground": contents.ground.path,
        "ending": program.ending,
        "voice": program.voice,
        "voices": [dataclasses.asdict(credit) for credit in credits_of(program)],
        "loudness": _loudness(contents.loudness),
        **_supervised(contents.notices.supervised_by),
        "notices": _notices(contents.notices),
        "tracks": [
            {
                "step": track.program.step,
                "kind": track.program.kind,
                "title": track.program.title,
                "audio": file.path,
                "start": file.start,
                "end": file.end,
                "sha256": file.sha256,
                "chapters": [
                    {"start": file.start + file.delay + position, "title": title}
                    for position, title in track.chapters
                ],
            }
            for track, file in zip(contents.timeline.tracks, contents.tracks, strict=True)
        ],
        "events": [
            {"track": track, **_event(start, end, event)}
            for track, start, end, event in contents.events()
        ],
        "ground_frames": contents.ground.frames,
        "ground_events": [_event(*placed) for placed in contents.ground_events()],
    }


def _supervised(name: str) -> dict[str, str]:
    """Name the therapist in whose care a session is heard, where there has to be one."""
    return {"supervised_by": name} if name else {}


def _notices(notices: Notices) -> dict[str, Any]:
    told = dataclasses.asdict(notices)
    # The mark stands in the page; here it would only be long.
    told["practice"] = {key: text for key, text in told["practice"].items() if key != "logo"}
    return told


def _event(start: Samples, end: Samples, event: Event) -> dict[str, Any]:
    entry: dict[str, Any] = {"kind": event.kind}
    if event.kind == "breathe":
        entry |= {"phase": event.phase, "cycle": event.cycle}
    entry |= {"start": start, "end": end}
    if event.kind in ("say", "sound"):
        entry["text"] = event.text
    return entry | {"line": event.line}


def _loudness(loudness: SessionLoudness) -> dict[str, Any]:
    def tenths(value: float | None) -> float | None:
        # + 0.0 turns a rounded -0.0 into 0.0.
        return None if value is None else round(float(value), 1) + 0.0

    return {
        "integrated": tenths(loudness.integrated),
        "speech": tenths(loudness.speech),
        "true_peak": tenths(loudness.true_peak),
        "unit": "LUFS, dBTP",
    }


def _duration(micro: int) -> str:
    """Write microseconds as an ISO 8601 duration in seconds."""
    return f"PT{decimal_seconds(micro)}S"


def _laid_out(value: dict[str, Any], indent: str = "") -> str:
    """Write a JSON object with a key a line, and an item a line in the arrays named above."""
    inner = indent + "  "
    lines = []
    for key, item in value.items():
        if key in _ONE_A_LINE:
            rows = ",\n".join(f"{inner}  {_dumped(row)}" for row in item)
            text = f"[\n{rows}\n{inner}]" if item else "[]"
        elif isinstance(item, dict) and key in _NESTED:
            text = _laid_out(item, inner)
        else:
            text = _dumped(item)
        lines.append(f"{inner}{_dumped(key)}: {text}")
    return "{\n" + ",\n".join(lines) + f"\n{indent}}}"


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
