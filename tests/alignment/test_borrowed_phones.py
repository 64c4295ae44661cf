"""Languages without a model of their own borrow the English one's phones, and are found by it."""

import pytest
from espeak_takes import speaker
from long_takes import Recipe, make_take
from needed import missing
from take_scores import score

from serguide.alignment.borrowed_phones import borrowed
from serguide.alignment.find import find_readings
from serguide.alignment.phone_variants import pronounced
from serguide.alignment.recogniser import INSTALL, Recogniser, installed
from serguide.alignment.take_sound import take_of

GERMAN = [
    "Schön, dass du da bist.",
    "Diese Minuten sind zum Ankommen da.",
    "Nichts wird von dir erwartet.",
    "Du kannst jederzeit aufhören.",
    "Du darfst sitzen, liegen oder dich anlehnen.",
    "Manche schließen gern die Augen.",
    "Andere lassen sie offen, auf einer Tasse oder am Fenster.",
    "Er trägt dich, ohne dass du etwas tust.",
    "Spüre deine Füße auf dem Boden.",
    "Eine Hand darf auf dem Bauch liegen.",
]
CZECH = [
    "Je dobře, že jste tady.",
    "Tyto minuty jsou na to, abyste dorazili.",
    "Nic se od vás nečeká.",
    "Kdykoli můžete přestat.",
    "Někdo rád zavře oči.",
    "Tato místnost má podlahu.",
    "Nese vás, aniž byste něco dělali.",
    "Vnímejte svá chodidla na zemi.",
]
WRONG = {
    "de": "Der Zug an die Küste fährt um Viertel nach neun.",
    "cs": "Vlak do Brna odjíždí ve čtvrt na deset.",
}


@pytest.mark.parametrize(("ipa", "phones"), [
    ("ʃˈøːn", "SH ER N"), ("tsvˈaɪ", "T S V AY"), ("pr̝̊ˈiːliʃ", "P SH IY L IY SH"),
    ("kˈaʎe", "K AA L Y EY"), ("", None), ("ˈ", None),
])  # fmt: skip
def test_the_nearest_phone_stands_for_a_sound(ipa, phones):
    assert (borrowed(ipa) or (None,))[0] == phones


def test_sounds_between_two_phones_give_two_pronunciations():
    assert borrowed("ɪç") == ("IH HH", "IH SH")
    assert borrowed("bist") == ("B IY S T",)


@pytest.mark.parametrize("language", ["cs", "de", "es", "it", "nl", "pl", "pt", "ru", "sv"])
def test_every_word_has_a_pronunciation_that_the_model_knows(language):
    if not installed():
        missing("soundswallower", INSTALL)
    lines = {"cs": CZECH, "de": GERMAN, "ru": ["Спокойный вечер, тёплая рука."]}.get(
        language, ["Ángel, garaż, önska, mañana, coração, zwölf, schip, gli occhi."]
    )
    recogniser = Recogniser(language, 1e-60)
    for words in pronounced(lines, language, recogniser.known):
        assert words
        for word in words:
            assert word.pronunciations
            assert {phone for way in word.pronunciations for phone in way.split()} <= set(
                recogniser.phones
            )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "voice", "lines", "seed"),
    [("de", "espeak:de+m3", GERMAN, 3), ("cs", "espeak:cs+m3", CZECH, 5)],
)
def test_sentences_of_other_languages_are_found_in_noise(language, voice, lines, seed):
    """Noise at 20 dB, repeats, false starts, omissions, and something else that is said."""
    if not installed():
        missing("soundswallower", INSTALL)
    recipe = Recipe(
        language, "espeak", range(len(lines)), seed, repeats=0.2, false_starts=0.2, omissions=0.1,
        wrong=0.2,
    )  # fmt: skip
    wrong = dict.fromkeys(range(len(lines)), WRONG[language])
    take = make_take(recipe, lines, wrong, speaker(voice, language, 1.15))
    assert take.unread
    counts = score(take, find_readings(take_of(take.samples), lines, language, lambda _: None))
    told = f"doubted {counts.doubted}, lost {counts.lost}, misplaced {counts.misplaced}"
    assert counts.accepted == []
    assert counts.right >= 0.9 * counts.sentences, told
    assert counts.near >= 0.9 * len(counts.off)
