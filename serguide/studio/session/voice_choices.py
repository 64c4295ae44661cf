"""Voices to choose from: one's own, the best natural one, and the plain one."""

from __future__ import annotations

import dataclasses

from serguide.base.errors import SerguideError
from serguide.recordings.voice_folder import VoiceFolder
from serguide.studio.session.session_desk import LaidSession
from serguide.voices.natural import NATURAL, OTHERWISE, best_natural
from serguide.voices.recorded.recorded_folders import voice_folders
from serguide.voices.recorded.recorded_share import RecordedShare, recorded_shares
from serguide.voices.registry import is_recorded
from serguide.voices.select import VoiceSelection


def voice_now(laid: LaidSession) -> dict[str, object]:
    """Return which of the kinds speaks now (own, natural, plain, other), and its name.

    called: the name without what only a program reads.
    """
    name = laid.program.voice
    engine = name.partition(":")[0]
    if is_recorded(name):
        kind = "own"
    elif laid.program.voice_chosen or name in (NATURAL, best_natural(laid.program.language)):
        kind = "plain" if engine == OTHERWISE else "natural"
    else:
        kind = {OTHERWISE: "plain", "kokoro": "natural", "piper": "natural"}.get(engine, "other")
    return {
        "kind": kind,
        "name": name,
        "called": called(name),
        "natural": best_natural(laid.program.language),
        "own": [folder.name for folder in voice_folders(laid.libraries.roots).values()],
    }


def called(voice: str) -> str:
    """Return a natural voice's own name: Heart of `kokoro:af_heart`."""
    engine, _, variant = voice.partition(":")
    if engine == "kokoro":
        variant = variant.partition("_")[2] or variant
    elif engine == "piper":
        variant = [*variant.split("-"), variant][1]
    return (variant or engine).replace("_", " ").title()


def own_readings(laid: LaidSession) -> list[dict[str, object]]:
    """Return how much of a session each recorded voice has read.

    unread: sentences that are still to read; those with a client's value are never read.
    """
    return [
        each
        for name, folder in voice_folders(laid.libraries.roots).items()
        for each in _readings(laid, f"recorded:{name}", _title(folder))
    ]


def _readings(laid: LaidSession, voice: str, title: str) -> list[dict[str, object]]:
    program = dataclasses.replace(laid.program, voice=voice, voice_chosen=False)
    try:
        shares = recorded_shares(laid.timeline, VoiceSelection(program).voice_of)
    except SerguideError as error:
        return [{"voice": voice, "title": title, "problem": error.message}]
    return [_counted(share, title) for share in shares if share.voice == voice]


def _counted(share: RecordedShare, title: str) -> dict[str, object]:
    unread = [each for each in share.others if not each.private]
    return {
        "voice": share.voice,
        "title": title,
        "recorded": share.recorded,
        "sentences": share.sentences,
        "unread": len(unread),
        "values": len(share.others) - len(unread),
        "otherwise": share.otherwise,
    }


def _title(folder: VoiceFolder) -> str:
    try:
        return folder.card().title
    except SerguideError:
        return folder.name
