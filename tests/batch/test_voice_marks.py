"""Marks of voices: alike where all machines speak alike, and told by name where not."""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path

import pytest
from clinics import requests

sys.path.append(str(Path(__file__).parent.parent / "recordings"))
from readings import record

from serguide import api
from serguide.batch.voice_marks import OtherVoices, require_same_voices, voice_marks
from serguide.recordings.voice_description import VoiceCard
from serguide.recordings.voice_folder import VoiceFolder


def program_of(request):
    return api.prepare(request).program


def test_names_alone_make_no_difference(tmp_path):
    ana, eva = (program_of(request) for request in requests(tmp_path, "Ana", "Eva"))
    assert voice_marks(ana) == voice_marks(eva)
    assert set(voice_marks(ana)) == {"espeak:en-us"}
    require_same_voices(voice_marks(ana), eva)


def test_another_make_of_a_voice_is_told_by_name(tmp_path):
    (request,) = requests(tmp_path, "Ana")
    program = program_of(request)
    there = dict.fromkeys(voice_marks(program), "0" * 16)
    with pytest.raises(OtherVoices, match="the voice “espeak:en-us” is another than here"):
        require_same_voices(there, program)


def test_where_nobody_looked_nothing_is_refused(tmp_path):
    (request,) = requests(tmp_path, "Ana")
    require_same_voices({}, program_of(request))


def test_other_recordings_are_another_voice(tmp_path):
    (request,) = requests(tmp_path, "Ana")
    folder = VoiceFolder(request.libraries[0] / "voices" / "me")
    folder.create(VoiceCard(title="Me", otherwise="espeak"))
    record(folder, tmp_path, ["The chair carries you."])
    mine = dataclasses.replace(request, voice="recorded:me")
    before = voice_marks(program_of(mine))
    record(folder, tmp_path, ["The chair carries you.", "And you are back."])
    assert voice_marks(program_of(mine)).keys() == before.keys() == {"recorded:me"}
    assert voice_marks(program_of(mine)) != before
