from __future__ import annotations

import subprocess
import sys
import threading

import numpy as np
import pytest

from serguide.base.units import SAMPLERATE
from serguide.voices.espeak.espeak_catalogue import catalogue
from serguide.voices.espeak.espeak_estimate import FITTED
from serguide.voices.espeak.espeak_library import EspeakSettings, synthesise
from serguide.voices.espeak.espeak_voice import EspeakVoice
from serguide.voices.finish.polish import TAIL
from serguide.voices.finish.quality import quality_problem

# Not the sentences that the estimate was fitted to.
UNSEEN = {
    "en": (
        "Let the weight of your head sink into the pillow.",
        "Nothing needs to happen, and whatever comes may come.",
        "Imagine a path between tall pines.",
        "Take one more breath, and stretch if it feels good.",
        "The evening is quiet, and so may you be.",
    ),
    "cs": (
        "Nechte hlavu klesnout do polštáře.",
        "Nic se nemusí stát a cokoli přijde, smí přijít.",
        "Představte si cestu mezi vysokými borovicemi.",
        "Ještě jednou se nadechněte a protáhněte se, jestli je to příjemné.",
    ),
    "sk": (
        "Nechajte hlavu klesnúť do vankúša.",
        "Nič sa nemusí stať a čokoľvek príde, smie prísť.",
        "Predstavte si cestu medzi vysokými borovicami.",
    ),
    "de": (
        "Lassen Sie den Kopf ins Kissen sinken.",
        "Nichts muss geschehen, und was kommt, darf kommen.",
        "Stellen Sie sich einen Weg zwischen hohen Kiefern vor.",
    ),
    "fr": (
        "Laissez la tête s'enfoncer dans l'oreiller.",
        "Rien ne doit arriver, et ce qui vient peut venir.",
        "Imaginez un chemin entre de grands pins.",
    ),
    "es": (
        "Deje que la cabeza se hunda en la almohada.",
        "No tiene que pasar nada, y lo que venga puede venir.",
        "Imagine un camino entre pinos altos.",
    ),
    "ru": (
        "Пусть голова утонет в подушке.",
        "Ничего не должно произойти, и что придёт, пусть придёт.",
        "Представьте тропинку между высокими соснами.",
    ),
    "zh": ("让头沉到枕头里。", "什么都不必发生，来的就让它来。", "想象高高的松树之间有一条小路。"),
    "ar": (
        "دع رأسك يغوص في الوسادة.",
        "لا يلزم أن يحدث شيء، وما يأتي فليأت.",
        "تخيل طريقا بين أشجار الصنوبر العالية.",
    ),
}


def length(text: str, variant: str = "en-us") -> int:
    return EspeakVoice.open(variant, "en").speak(text).frames


@pytest.mark.parametrize("language", sorted(UNSEEN))
def test_estimates_unseen_text_in_its_languages(language: str) -> None:
    voice = EspeakVoice.open(None, language)
    spoken = [voice.speak(text).frames for text in UNSEEN[language]]
    estimated = [voice.estimate(text) for text in UNSEEN[language]]
    assert sum(estimated) == pytest.approx(sum(spoken), rel=0.10)
    assert estimated == pytest.approx(spoken, rel=0.35)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("hi", "ध्यान दें कि आपकी पीठ कुर्सी को कहाँ छूती है।"),
        ("th", "สังเกตว่าหลังของคุณสัมผัสกับเก้าอี้ตรงไหน"),
        ("ja", "やわらかいひかりがおちています。"),
        ("ko", "의자에 등이 닿는 곳을 느껴 보세요."),
        ("he", "שימו לב היכן הגב נוגע בכיסא."),
        ("fa", "توجه کنید پشت شما کجا به صندلی می‌رسد."),
        ("it", "Nota dove la tua schiena tocca la sedia."),
        ("uk", "Помітьте, де спина торкається стільця."),
        ("en", "NASA, the BBC and Dr. Ng met at 10:30, through thorough thoughts."),
    ],
)
def test_no_language_is_taken_for_cut_off(language: str, text: str) -> None:
    voice = EspeakVoice.open(None, language)
    for pace in (0.7, 1.0, 1.5):
        estimate = voice.estimate(text, pace=pace)
        assert (
            quality_problem(voice.speak(text, pace=pace), text, pace=pace, estimate=estimate)
            is None
        )


def test_every_fitted_language_is_measured_here() -> None:
    assert {"zh" if code == "cmn" else code for code in FITTED} == set(UNSEEN)


@pytest.mark.parametrize("language", ["en", "en-GB", "de", "es", "fr", "ru"])
def test_is_calm(language: str) -> None:
    voice = EspeakVoice.open(None, language)
    texts = UNSEEN[language.partition("-")[0]]
    words = sum(len(text.split()) for text in texts)
    speech = sum(voice.speak(text).frames - TAIL for text in texts) / SAMPLERATE
    assert 90 <= words / speech * 60 <= 125


@pytest.mark.parametrize(
    ("marked", "bare"),
    [
        ("A <b>calm</b> voice.", "A calm voice."),
        ("A calm <mark/> voice.", "A calm voice."),
        ("Salt &amp; water.", "Salt water."),
        ("Five &lt; six.", "Five six."),
    ],
)
def test_speaks_markup_as_text(marked: str, bare: str) -> None:
    """SSML would make a tag silent, or a pause; as text it takes longer than nothing."""
    assert length(marked) > length(bare) + 0.1 * SAMPLERATE


def test_double_brackets_are_not_phonemes() -> None:
    """As phonemes `[[h@l'oU]]` is one short word; as text it is spelt."""
    assert length("[[h@l'oU]]") > 2 * length("hello")
    assert length("A [[quiet]] room.") >= length("A quiet room.")


def test_control_characters_are_not_commands() -> None:
    """0x01 followed by 90P would set espeak's pitch."""
    voice = EspeakVoice.open("en-us", "en")
    plain = voice.speak("A calm voice here.").samples
    for text in ("A\x00calm voice here.", "A calm\x01 voice here.\x02", "A calm\nvoice \there."):
        assert np.array_equal(voice.speak(text).samples, plain)


@pytest.mark.parametrize(
    ("unit", "language"),
    [
        ("1", "en"),
        ("ba", "en"),
        ("ahoj", "cs"),
        ("水", "zh"),
        ("ひ", "ja"),
        ("สังเกต", "th"),
        ("the quiet room ", "en"),
        ("quiet, ", "en"),
        ("a ", "en"),
        ("(it) ", "en"),
        ("111 ", "en"),
    ],
)
def test_nothing_of_a_long_run_is_dropped(unit: str, language: str) -> None:
    """On its own, espeak speaks only so much of a run without spaces; see espeak_text."""
    voice = EspeakVoice.open(None, language)
    some, many = voice.speak(unit * 30).frames, voice.speak(unit * 300).frames
    assert many > 9 * some


def test_a_row_of_emojis_is_spoken() -> None:
    voice = EspeakVoice.open(None, "en")
    assert voice.speak("☀️" * 60).frames > 5.4 * voice.speak("☀️" * 10).frames


def test_decomposed_letters_are_the_same_letters() -> None:
    voice = EspeakVoice.open("cs", "cs")
    composed, decomposed = voice.speak("Dýchejte."), voice.speak("Dy\u0301chejte.")
    assert np.array_equal(composed.samples, decomposed.samples)


def test_nothing_carries_over_between_utterances() -> None:
    """Pitch flutter, noise and gain live on in the library; see espeak_library."""
    calm, other = EspeakSettings(112, 38, 38, 3), EspeakSettings(250, 70, 90, 0)
    files = catalogue().files
    cases = [
        ("If you like, close your eyes.", files["en-us"]),
        ("Close your eyes, quietly.", files["en-us"] + "+whisper"),
        ("Nádech.", files["cs"]),
        ("你好，请坐。", files["cmn"]),
    ]
    first = [synthesise(text, file, calm)[0] for text, file in cases]
    for _ in range(5):
        for (text, file), expected in zip(reversed(cases), reversed(first), strict=True):
            synthesise("Something else! Quite loud?", files["en-gb"], other)
            assert np.array_equal(synthesise(text, file, calm)[0], expected), text


def test_a_new_process_says_the_same() -> None:
    code = (
        "import hashlib, sys; from serguide.voices.espeak.espeak_voice import EspeakVoice;"
        "clip = EspeakVoice.open('en-us', 'en').speak('Notice the chair.');"
        "sys.stdout.write(hashlib.sha256(clip.samples.tobytes()).hexdigest())"
    )
    hashes = {
        subprocess.run(
            [sys.executable, "-c", code], check=True, capture_output=True, text=True
        ).stdout
        for _ in range(2)
    }
    assert len(hashes) == 1


def test_threads_do_not_disturb_each_other() -> None:
    texts = ["One quiet room.", "Two quiet rooms.", "Three quiet rooms.", "Four."]
    expected = {text: EspeakVoice.open("en-us", "en").speak(text).samples for text in texts}
    wrong: list[str] = []

    def work(text: str) -> None:
        voice = EspeakVoice.open("en-us", "en")
        wrong.extend(
            text for _ in range(5) if not np.array_equal(voice.speak(text).samples, expected[text])
        )

    threads = [threading.Thread(target=work, args=(text,)) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_every_language_loads_and_speaks() -> None:
    settings = EspeakSettings(200, 38, 38, 0)
    silent = [
        code
        for code, file in catalogue().files.items()
        if not np.abs(synthesise("ma 1", file, settings)[0]).max(initial=0) > 1000
    ]
    assert not silent


def test_settings_are_part_of_the_identity() -> None:
    english, british = EspeakVoice.open("en-us", "en"), EspeakVoice.open("en-gb", "en")
    assert english.identity() != british.identity()
    assert english.identity() != EspeakVoice.open("en-us+f2", "en").identity()
    assert EspeakVoice.open("fr-fr", "fr").identity()["rate"] != english.identity()["rate"]


def test_import_warns_of_nothing() -> None:
    """pydub warns when there is no ffmpeg program; a user must not see it."""
    done = subprocess.run(
        [sys.executable, "-W", "always", "-c", "import serguide.voices.espeak.espeak_voice"],
        check=True,
        capture_output=True,
        text=True,
        env={"PATH": ""},
    )
    assert done.stderr == ""
