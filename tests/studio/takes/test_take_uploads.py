"""Takes that a page sends: kept before anything is done to them, judged as in the terminal."""

from __future__ import annotations

import io
import json

import numpy as np
import pytest
import soundfile

from serguide.base.units import SAMPLERATE
from serguide.reading.prompter.take_check import SILENT
from serguide.recordings.voice_folder import VoiceFolder
from serguide.studio.takes import take_uploads
from serguide.studio.takes.whole_pieces import join_pieces

TURN = 1.0


def take(samples, *, knock=False):
    """Return a WAV as the page makes it, a second before and half a second behind the words."""
    quiet = np.random.default_rng(3).normal(0, 3e-4, round(3 * SAMPLERATE))
    lead, tail = quiet[: round(1.3 * SAMPLERATE)].copy(), quiet[: round(1.1 * SAMPLERATE)].copy()
    gap = quiet[: round(0.5 * SAMPLERATE)].copy()
    if knock:
        gap[:480] += 0.5
        samples = np.concatenate([samples, quiet[: round(0.5 * SAMPLERATE)], gap, samples])
    whole = np.concatenate([lead, samples, tail])
    out = io.BytesIO()
    soundfile.write(out, whole, SAMPLERATE, format="WAV", subtype="FLOAT")
    return out.getvalue(), len(whole) / SAMPLERATE


def put(client, part, sentence, samples, **more):
    sound, seconds = take(samples, **more)
    path = f"/api/takes/{part}/{sentence}?turn={TURN}&key={seconds - 0.4:.4f}"
    return client.put(path, content=sound)


def sentences(client, part):
    answer = client.get(f"/api/takes/{part}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_what_is_to_be_read(client, part):
    data = sentences(client, part)
    assert [each["text"] for each in data["sentences"]][:2] == [
        "If you like, listen to the rain.",
        "Or to nothing at all.",
    ]
    assert {each["state"] for each in data["sentences"]} == {"unread"}
    assert data["title"] == "By the window"


def test_a_sentence_is_read_kept_and_heard(client, part, studio, voice):
    first = sentences(client, part)["sentences"][0]
    answer = put(client, part, first["id"], voice[first["text"]]).json()
    assert answer["state"] == "good", answer
    assert answer["seconds"] == pytest.approx(len(voice[first["text"]]) / SAMPLERATE, abs=1.2)
    folder = VoiceFolder(studio.library / "voices" / "my-voice")
    (entry,) = folder.open_index().recordings
    assert entry.text == first["text"]
    assert folder.file(entry.original).stat().st_size > 0
    assert not list((folder.path / take_uploads.INCOMING).iterdir())
    heard = client.get(f"/api/takes/{part}/sound?sentence={first['id']}")
    assert soundfile.info(io.BytesIO(heard.content)).samplerate == SAMPLERATE
    states = [each["state"] for each in sentences(client, part)["sentences"]]
    assert states[0] == "good"
    assert "good" not in states[1:]


def test_read_again_the_last_is_kept(client, part, studio, voice):
    first = sentences(client, part)["sentences"][0]
    put(client, part, first["id"], voice[first["text"]])
    second = put(client, part, first["id"], 0.8 * voice[first["text"]]).json()
    assert (second["state"], second["readings"]) == ("good", 2)


def test_the_same_take_sent_twice_is_one(client, part, studio, voice):
    """The answer was lost, not the sound."""
    first = sentences(client, part)["sentences"][0]
    for _ in range(2):
        put(client, part, first["id"], voice[first["text"]])
    index = VoiceFolder(studio.library / "voices" / "my-voice").open_index()
    assert len(index.recordings) == 1


def test_a_knock_is_doubtful_until_it_is_kept(client, part, voice):
    first = sentences(client, part)["sentences"][0]
    half = voice[first["text"]][:SAMPLERATE]
    answer = put(client, part, first["id"], half, knock=True).json()
    assert answer["state"] == "doubtful"
    assert answer["why"] == "something knocked"
    kept = client.post(f"/api/takes/{part}/keep", json={"sentence": first["id"]}).json()
    assert kept["state"] == "good"
    assert sentences(client, part)["sentences"][0]["state"] == "good"


def test_nothing_was_read(client, part):
    first = sentences(client, part)["sentences"][0]
    answer = put(client, part, first["id"], np.zeros(SAMPLERATE)).json()
    assert answer["state"] == "doubtful"
    assert answer["why"] in SILENT


def test_what_was_received_before_a_kill_is_kept_at_the_next_start(
    client, part, studio, voice, monkeypatch
):
    first = sentences(client, part)["sentences"][0]

    def killed(*_):
        raise SystemExit

    monkeypatch.setattr(take_uploads, "keep_take", killed)
    with pytest.raises(BaseException):  # noqa: B017, PT011  (the process ends here)
        put(client, part, first["id"], voice[first["text"]])
    monkeypatch.undo()
    take_uploads._COMING.clear()  # as in a new process
    data = sentences(client, part)
    assert data["recovered"] == 1
    assert data["sentences"][0]["state"] == "good"
    assert sentences(client, part)["recovered"] == 0


def test_what_came_in_part_before_a_kill_is_no_reading(client, part, studio, voice):
    first = sentences(client, part)["sentences"][0]
    put(client, part, first["id"], voice[first["text"]])
    place = studio.library / "voices" / "my-voice" / take_uploads.INCOMING
    sound, _ = take(voice[first["text"]])
    note = {"text": first["text"], "language": "en", "turn": 1.0, "key": 2.0, "last": False}
    (place / "ab.json").write_text(json.dumps(note), encoding="utf-8")
    (place / "ab.wav.part").write_bytes(sound[: len(sound) // 2])
    (place / "cd.whole.wav.part").write_bytes(sound[: len(sound) // 2])
    (place / "ef.whole.wav").write_bytes(sound)
    data = sentences(client, part)
    assert data["recovered"] == 0
    assert data["sentences"][0]["readings"] == 1
    assert [each.name for each in place.iterdir()] == ["ef.whole.wav"], "what came whole stays"


@pytest.mark.parametrize(
    "query", ["", "turn=1", "turn=x&key=2", "turn=3&key=2", "turn=-1&key=2", "turn=nan&key=2"]
)
def test_a_take_that_is_not_understood(client, part, studio, query):
    first = sentences(client, part)["sentences"][0]
    answer = client.put(f"/api/takes/{part}/{first['id']}?{query}", content=b"RIFF")
    assert answer.status_code == 400
    assert not list(studio.library.rglob("*.wav"))


@pytest.mark.parametrize("sound", [b"", b"no sound at all", b"RIFF" + bytes(2000)])
def test_what_is_no_sound_is_told(client, part, sound):
    first = sentences(client, part)["sentences"][0]
    path = f"/api/takes/{part}/{first['id']}?turn=0&key=1"
    answer = client.put(path, content=sound)
    assert answer.status_code in (400, 409)
    assert answer.json()["problem"]["hint"]
    assert sentences(client, part)["sentences"][0]["state"] == "unread"


def test_a_packed_file_is_no_take(client, part):
    """A small file of silence may be hours of it."""
    packed = io.BytesIO()
    soundfile.write(packed, np.zeros((SAMPLERATE, 2), np.float32), SAMPLERATE, format="FLAC")
    first = sentences(client, part)["sentences"][0]
    path = f"/api/takes/{part}/{first['id']}?turn=0&key=1"
    answer = client.put(path, content=packed.getvalue())
    assert answer.status_code in (400, 409)
    assert sentences(client, part)["sentences"][0]["state"] == "unread"


def test_too_much_is_refused_and_nothing_of_it_left(client, part, studio, monkeypatch):
    from serguide.studio.takes import takes_routes

    monkeypatch.setattr(takes_routes, "TAKE_LIMIT", 1000)
    first = sentences(client, part)["sentences"][0]
    path = f"/api/takes/{part}/{first['id']}?turn=0&key=1"
    assert client.put(path, content=bytes(1001)).status_code == 413
    incoming = list(studio.library.rglob(f"{take_uploads.INCOMING}/*"))
    assert incoming == []


@pytest.mark.parametrize("sentence", ["0" * 16, "..", "%2e%2e%2fx", "<b>"])
def test_a_sentence_that_is_not_there(client, part, sentence):
    answer = client.put(f"/api/takes/{part}/{sentence}?turn=0&key=1", content=b"x")
    assert answer.status_code in (400, 404, 405)


@pytest.mark.slow
def test_a_recording_of_all_of_it_is_found_in(client, part, studio, voice):
    quiet = np.random.default_rng(5).normal(0, 3e-4, SAMPLERATE)
    first = sentences(client, part)["sentences"]
    own = [each for each in first if each["text"] in voice]
    pieces = [quiet]
    for each in own:
        pieces += [voice[each["text"]], quiet]
    out = io.BytesIO()
    soundfile.write(out, np.concatenate(pieces), SAMPLERATE, format="WAV", subtype="FLOAT")
    path = f"/api/takes/{part}/whole"
    brought = client.put(f"{path}?suffix=wav", content=out.getvalue()).json()
    with client.stream("POST", f"{path}/{brought['id']}", json={}) as answer:
        told = [json.loads(line) for line in answer.iter_lines() if line]
    assert told[-1]["good"] + told[-1]["doubtful"] == len(own), told[-1]
    assert any("stage" in each for each in told)
    assert not list(studio.library.rglob("*.whole.*"))
    assert client.post(f"{path}/{brought['id']}", json={}).status_code == 400


@pytest.mark.parametrize("suffix", ["", "../wav", "a/b", "toolong"])
def test_a_file_without_a_kind(client, part, suffix):
    answer = client.put(f"/api/takes/{part}/whole?suffix={suffix}", content=b"x")
    assert answer.status_code == 400


def pieces_of(samples, seconds=5.0):
    step = round(seconds * SAMPLERATE)
    for at in range(0, len(samples), step):
        out = io.BytesIO()
        soundfile.write(out, samples[at : at + step], SAMPLERATE, format="WAV", subtype="FLOAT")
        yield out.getvalue()


def read_in_one_go(voice):
    """All sentences in one recording, with a breath between them."""
    quiet = np.random.default_rng(8).normal(0, 3e-4, SAMPLERATE * 3 // 2)
    parts = [quiet]
    for samples in voice.values():
        parts += [samples, quiet]
    return np.concatenate(parts).astype(np.float32)


IDENT = "0123456789abcdef"


def test_what_is_read_in_one_go_comes_in_pieces_and_is_found(client, part, studio, voice):
    whole = read_in_one_go(voice)
    place = VoiceFolder(studio.library / "voices" / "my-voice").path / take_uploads.INCOMING
    for number, sound in enumerate(pieces_of(whole)):
        answer = client.put(f"/api/takes/{part}/whole/{IDENT}/{number}", content=sound)
        assert answer.status_code == 200, answer.text
        kept = sum(each.stat().st_size for each in place.glob("*.wav"))
        assert kept >= 4 * min(len(whole), (number + 1) * 5 * SAMPLERATE), "on the disk at once"
    again = client.put(f"/api/takes/{part}/whole/{IDENT}/0", content=b"an answer was lost")
    assert again.status_code == 200
    # The tab is closed here: the next one is told of it.
    (left,) = sentences(client, part)["unfinished"]
    assert left == {"id": IDENT, "seconds": round(len(whole) / SAMPLERATE)}
    answer = client.post(f"/api/takes/{part}/whole/{IDENT}", json={})
    told = [json.loads(line) for line in answer.text.splitlines() if line.strip()]
    assert told[-1]["good"] + told[-1]["doubtful"] == len(voice)
    assert sentences(client, part)["unfinished"] == []
    assert list(place.glob("*")) == []


def incoming(studio):
    place = studio.library / "voices" / "my-voice" / take_uploads.INCOMING
    return {each.name: each for each in place.iterdir()}


def test_a_piece_that_comes_in_part_is_not_taken_for_one(client, part, studio, monkeypatch):
    """The page forgets what it is told is kept."""
    from serguide.studio.takes import takes_routes

    (sound,) = pieces_of(np.full(2 * SAMPLERATE, 0.1, np.float32))
    path = f"/api/takes/{part}/whole/{IDENT}/0"

    async def cut_short(_, target, __):
        target.write_bytes(sound[: len(sound) // 2])
        raise SystemExit

    with monkeypatch.context() as killed:
        killed.setattr(takes_routes, "read_to_file", cut_short)
        with pytest.raises(BaseException):  # noqa: B017, PT011  (the process ends here)
            client.put(path, content=sound)
    assert client.put(path, content=sound).status_code == 200
    assert incoming(studio)[f"{IDENT}.piece.00000.wav"].read_bytes() == sound
    sentences(client, part)
    assert set(incoming(studio)) == {f"{IDENT}.piece.00000.wav"}


def test_a_piece_that_comes_after_the_others_were_joined_takes_nothing_away(client, part, studio):
    tone = np.linspace(-0.5, 0.5, 4 * SAMPLERATE, dtype=np.float32)
    path = f"/api/takes/{part}/whole/{IDENT}"
    first, second = pieces_of(tone, 2.0)
    client.put(f"{path}/0", content=first)
    place = studio.library / "voices" / "my-voice" / take_uploads.INCOMING
    assert join_pieces(place, IDENT) is not None
    client.put(f"{path}/1", content=second)
    whole = join_pieces(place, IDENT)
    assert np.array_equal(soundfile.read(whole, dtype="float32")[0], tone)
    assert set(incoming(studio)) == {whole.name}
    assert sentences(client, part)["unfinished"] == [{"id": IDENT, "seconds": 4}]


def test_a_packed_file_is_no_piece(client, part, studio):
    packed = io.BytesIO()
    soundfile.write(packed, np.zeros(60 * SAMPLERATE, np.float32), SAMPLERATE, format="FLAC")
    path = f"/api/takes/{part}/whole/{IDENT}"
    (sound,) = pieces_of(np.full(SAMPLERATE, 0.1, np.float32))
    client.put(f"{path}/0", content=packed.getvalue())
    client.put(f"{path}/1", content=sound)
    place = studio.library / "voices" / "my-voice" / take_uploads.INCOMING
    assert soundfile.info(join_pieces(place, IDENT)).frames == SAMPLERATE


def test_a_piece_that_is_none_is_refused(client, part):
    for path in (f"{IDENT}/1501", "not-an-id/0", f"{IDENT[:-1]}/0"):
        answer = client.put(f"/api/takes/{part}/whole/{path}", content=b"RIFF")
        assert answer.status_code >= 400, path
    big = client.put(f"/api/takes/{part}/whole/{IDENT}/0", content=b"x" * 3_000_000)
    assert big.status_code == 413


def test_each_sentence_knows_its_place_in_its_part(client, studio, part):
    session = studio.library / "scripts" / "rain.yaml"
    session.write_text("title: Rain\nlanguage: en\nsteps: [by-the-window, five-to-one]\n")
    found = sentences(client, "rain")["sentences"]
    first = [each["part"] for each in found if each["part"]["title"] == "By the window"]
    assert [(each["n"], each["of"]) for each in first] == [(1, 3), (2, 3), (3, 3)]
    assert len(found) > 3


def test_a_doubt_is_told_in_the_interface_s_words(client, studio, part, voice):
    client.put("/api/settings", json={"language": "cs"})
    first = sentences(client, part)["sentences"][0]
    half = voice[first["text"]][:SAMPLERATE]
    answer = put(client, part, first["id"], half, knock=True).json()
    assert (answer["why"], answer["doubt"]) == ("something knocked", "Něco klaplo.")
