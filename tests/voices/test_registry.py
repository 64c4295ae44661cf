from __future__ import annotations

import ctypes
import itertools
import subprocess
import sys

import pytest

from serguide.base.errors import VoiceError
from serguide.voices.espeak import espeak_library
from serguide.voices.espeak.espeak_catalogue import catalogue
from serguide.voices.registry import VOICES, describe_voices, engine_names, open_voice


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("en", "espeak:en-us"),
        ("en-GB", "espeak:en-gb"),
        ("en-GB-oxendict", "espeak:en-gb"),
        ("en-AU", "espeak:en-gb"),
        ("en-US", "espeak:en-us"),
        ("en_US", "espeak:en-us"),
        ("cs", "espeak:cs"),
        ("cs-CZ", "espeak:cs"),
        ("sk", "espeak:sk"),
        ("de-AT", "espeak:de"),
        ("fr", "espeak:fr-fr"),
        ("fr-CH", "espeak:fr-ch"),
        ("fr-CA", "espeak:fr-fr"),
        ("pt-BR", "espeak:pt-br"),
        ("es-MX", "espeak:es-419"),
        ("zh", "espeak:cmn"),
        ("zh-Hans-CN", "espeak:cmn"),
        ("zh-HK", "espeak:yue"),
        ("no", "espeak:nb"),
        ("de-x-private", "espeak:de"),
    ],
)
def test_a_language_picks_the_variant(language: str, name: str) -> None:
    voice = open_voice("espeak", language)
    assert voice.name == name
    assert voice.language == language


def test_a_variant_outweighs_the_language() -> None:
    voice = open_voice("espeak:en-gb", "cs")
    assert (voice.name, voice.language) == ("espeak:en-gb", "cs")


def test_a_variant_may_have_a_timbre() -> None:
    assert open_voice("espeak:en-us+f2", "en").name == "espeak:en-us+f2"


@pytest.mark.parametrize(
    ("spec", "suggestion"),
    [
        ("espaek", "`espeak`"),
        ("Tone", "`tone`"),
        ("espeak:en-uss", "`en-us`"),
        ("espeak:en-us+whispr", "`whisper`"),
        ("gtts:enn-gb", "`en-gb`"),
    ],
)
def test_an_unknown_voice_gets_the_nearest(spec: str, suggestion: str) -> None:
    with pytest.raises(VoiceError) as caught:
        open_voice(spec, "en")
    assert f"Did you mean {suggestion}" in caught.value.hint or suggestion in caught.value.hint


@pytest.mark.parametrize("spec", ["", ":", "espeak:", "tone:high", "espeak:de-AT", "piper"])
def test_what_names_no_voice_is_refused_with_the_choices(spec: str) -> None:
    with pytest.raises(VoiceError) as caught:
        open_voice(spec, "en")
    assert caught.value.hint


def test_a_language_that_no_variant_speaks_is_refused() -> None:
    with pytest.raises(VoiceError, match="tlh"):
        open_voice("espeak", "tlh")


def test_describes_every_engine_with_its_variants() -> None:
    described = {each.engine: each for each in describe_voices()}
    assert tuple(described) == engine_names()
    assert list(VOICES) == list(described)[: len(VOICES)]
    assert all(described[engine].installed() for engine in ("espeak", "gtts", "tone"))
    labels = {each.name: each.label for each in described["espeak"].variants}
    assert labels["cs"] == "Czech"
    assert len(labels) > 100
    assert "cs" in described["espeak"].languages
    assert (described["espeak"].online, described["espeak"].serial) == (False, False)
    assert (described["gtts"].online, described["gtts"].serial) == (True, True)
    assert "Google" in str(described["gtts"].sends_to)
    gtts = {each.name: each for each in described["gtts"].variants}
    assert gtts["en-au"].label == "English (AU)"
    assert (gtts["iw"].language, gtts["tl"].language) == ("he", "fil")
    assert not described["tone"].variants


def test_a_described_variant_opens_under_its_name() -> None:
    for engine in describe_voices():
        for variant in [each for each in engine.variants if engine.installed(each.name)][:12]:
            name = f"{engine.engine}:{variant.name}"
            assert open_voice(name, variant.language).name == name


@pytest.mark.parametrize("engine", engine_names())
def test_what_is_opened_is_as_it_was_described(engine: str) -> None:
    described = next(each for each in describe_voices() if each.engine == engine)
    if not described.installed():
        pytest.skip(f"{engine} is not installed: {described.install}")
    voice = open_voice(engine, "en")
    assert voice.serial == described.serial
    assert (voice.sends_to is not None) == described.online
    assert described.licence


DESCRIBE = """
import ctypes, socket, sys

def forbidden(*arguments, **more):
    raise AssertionError(f"opened {arguments}")

ctypes.CDLL = socket.socket.connect = forbidden
from serguide.voices.espeak import espeak_library
from serguide.voices.espeak.espeak_catalogue import catalogue
from serguide.voices.registry import describe_voices
assert len(describe_voices()) >= 3
print(*sys.modules)
"""


def test_describing_loads_no_library_and_asks_no_network() -> None:
    done = subprocess.run(
        [sys.executable, "-c", DESCRIBE], capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())
    assert loaded & {"numpy", "av", "pedalboard", "soxr", "pydub", "soundfile"} == set()


def test_espeaks_catalogue_is_the_librarys_own() -> None:
    """Its files are read as the library reads them."""
    listed = {}
    with espeak_library._loaded() as (library, _):
        library.espeak_ListVoices.restype = ctypes.POINTER(ctypes.POINTER(Entry))
        voices = library.espeak_ListVoices(None)
        for entry in itertools.takewhile(bool, (voices[i] for i in itertools.count())):
            code = ctypes.string_at(entry.contents.languages + 1).decode()
            listed.setdefault(code, entry.contents.identifier.decode().replace("\\", "/"))
    found = catalogue()
    assert found.files.keys() <= listed.keys()
    assert {code: listed[code] for code in found.files} == found.files
    # What is left out has a voice, and no dictionary or another program to speak with.
    assert {"cs", "de", "en-gb", "en-us", "fr-fr", "sk"} <= found.files.keys()
    assert {"f2", "whisper"} <= set(found.timbres)


class Entry(ctypes.Structure):
    """The library's espeak_VOICE."""

    _fields_ = (
        ("name", ctypes.c_char_p),
        ("languages", ctypes.c_void_p),
        ("identifier", ctypes.c_char_p),
    )
