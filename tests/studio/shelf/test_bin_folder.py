"""The bin: what is thrown away lies in it whole, comes back as it was, and is needed by nobody."""

from __future__ import annotations

import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serguide import api
from serguide.base.errors import UsageError
from serguide.studio.handover.handover_ways import Ways
from serguide.studio.handover.records import Records
from serguide.studio.shelf import bin_folder
from serguide.studio.shelf.bin_folder import put_back, thrown_away

PART = "title: Rain\nkind: grounding\ncues:\n  - say: There is rain.\n"
SESSION = "title: Evening\nvalues: {{name: {who}}}\nsteps:\n  - {part}\n  - coming-back\n"


@pytest.fixture
def own(studio):
    """Write a file of the therapist's own."""

    def write(name, text, folder="scripts/grounding"):
        path = studio.library / folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


def session(own, part="rain", name="evening", who="Zoë"):
    path = own(f"{name}.yaml", SESSION.format(part=part, who=who), "scripts/sessions")
    path.chmod(0o600)
    return path


def throw(client, name):
    answer = client.post("/api/shelf/bin", json={"name": name})
    assert answer.status_code == 200, answer.text
    return answer.json()


def yours(client):
    return {card["name"] for card in client.get("/api/shelf").json()["yours"]}


def test_it_is_moved_and_comes_back_as_it_was(client, studio, own):
    path, cover = session(own), own("evening.svg", "<svg/>", "imagery/art")
    before = path.read_bytes()
    thrown = throw(client, "evening")
    assert (thrown["title"], thrown["kind"]) == ("Evening", "session")
    assert yours(client) == set()
    assert not path.exists()
    assert not cover.exists()
    inside = studio.library / ".bin" / thrown["id"] / "scripts" / "sessions" / "evening.yaml"
    assert inside.read_bytes() == before
    assert stat.S_IMODE(inside.stat().st_mode) == 0o600, "it says a name"
    assert stat.S_IMODE((studio.library / ".bin").stat().st_mode) == 0o700
    assert client.get("/api/shelf").json()["binned"] == 1

    assert client.post(f"/api/shelf/bin/{thrown['id']}/back", json={}).json() == {"name": "evening"}
    assert path.read_bytes() == before
    assert cover.read_text() == "<svg/>"
    assert yours(client) == {"evening"}
    assert client.get("/api/shelf/bin").json() == {"thrown": []}
    assert list((studio.library / ".bin").iterdir()) == []


def test_a_part_that_something_needs_stays_and_it_is_said_where(client, own):
    own("rain.yaml", PART)
    own("walk.yaml", PART.replace("Rain", "Walk", 1) + "  - include: rain\n")
    session(own)
    later = session(own, "five-to-one", "later", "Jan")
    later.write_text(later.read_text("utf-8") + "  # left out: - rain\n", encoding="utf-8")
    needed = {(each["title"], each["for"]) for each in throw(client, "rain")["needed_by"]}
    assert needed == {("Walk", ""), ("Evening", "Zoë"), ("Evening", "Jan")}
    assert yours(client) == {"rain", "walk", "evening", "later"}


def test_what_is_ready_made_or_being_handed_over_stays(client, studio, own):
    assert client.post("/api/shelf/bin", json={"name": "coming-back"}).status_code == 400
    path = session(own, "coming-back")
    Records(studio.library).add("Zoë", "evening", "Evening", 3, Ways())
    answer = client.post("/api/shelf/bin", json={"name": "evening"})
    assert "being handed over" in answer.json()["problem"]["message"]
    assert path.exists()


def test_what_took_its_place_is_not_overwritten(client, studio, own):
    path = own("rain.yaml", PART)
    thrown = throw(client, "rain")
    path.write_text(PART.replace("There", "Here"), encoding="utf-8")
    answer = client.post(f"/api/shelf/bin/{thrown['id']}/back", json={})
    assert answer.status_code == 400
    assert "Here" in path.read_text()
    assert [each.name for each in thrown_away(studio)] == ["rain"]


def test_no_other_part_of_the_program_reads_it(client, studio, own):
    session(own, "coming-back")
    own("rain.yaml", PART)
    throw(client, "evening")
    throw(client, "rain")
    found = {entry.name for entry in api.list(libraries=(studio.library,)).entries}
    assert found.isdisjoint({"evening", "rain"})
    for words in ("Rain", "There is rain", "Evening"):
        hits = client.post("/api/shelf/search", json={"words": words}).json()["found"]
        assert {hit["name"] for hit in hits}.isdisjoint({"evening", "rain"})


def test_it_is_erased_when_that_is_said_and_not_before(client, studio, own):
    session(own, "coming-back")
    thrown = throw(client, "evening")
    assert client.delete(f"/api/shelf/bin/{thrown['id']}").json()["title"] == "Evening"
    assert thrown_away(studio) == []
    assert client.delete(f"/api/shelf/bin/{thrown['id']}").status_code == 400


def test_what_a_broken_session_names_stays(client, own):
    own("rain.yaml", PART)
    own("odd.yaml", "title: [\nsteps:\n  - rain\n", "scripts/sessions")
    own("other.yaml", "title: [\nsteps:\n  - the-rain-outside\n", "scripts/sessions")
    answer = client.post("/api/shelf/bin", json={"name": "rain"}).json()
    assert answer == {"needed_by": [{"name": "odd", "title": "odd", "for": ""}]}


def test_what_came_into_its_place_meanwhile_is_not_written_over(client, studio, own, monkeypatch):
    path = own("rain.yaml", PART)
    thrown = throw(client, "rain")
    real = bin_folder.move_new

    def just_before(source, target):
        path.write_text("title: Another\n")
        real(source, target)

    monkeypatch.setattr(bin_folder, "move_new", just_before)
    with pytest.raises(UsageError, match="something else has its place"):
        put_back(studio, thrown["id"])
    assert path.read_text() == "title: Another\n"
    assert [each.id for each in thrown_away(studio)] == [thrown["id"]]


def test_a_file_that_is_broken_can_be_thrown_away(client, own):
    own("odd.yaml", "title: [\n")
    assert throw(client, "odd")["title"] == "odd"


@given(st.text(max_size=40))
def test_no_other_name_leads_anywhere(tmp_path_factory, ident):
    studio = _studio(tmp_path_factory.mktemp("bin"))
    with pytest.raises(UsageError):
        put_back(studio, ident)


@pytest.mark.parametrize("place", ["../../out.yaml", "/etc/hosts", "scripts\\..\\..\\x.yaml"])
def test_a_note_that_leads_out_is_believed_nothing(client, studio, own, tmp_path, place):
    own("rain.yaml", PART)
    thrown = throw(client, "rain")
    note = studio.library / ".bin" / thrown["id"] / "thrown.json"
    note.write_text(note.read_text().replace("scripts/grounding/rain.yaml", place))
    assert client.post(f"/api/shelf/bin/{thrown['id']}/back", json={}).status_code == 400
    assert not (tmp_path / "out.yaml").exists()


def test_a_link_in_the_bin_leads_nothing_into_the_library(client, studio, own, tmp_path):
    """A folder from a colleague may hold a bin that somebody prepared."""
    own("rain.yaml", PART)
    thrown = throw(client, "rain")
    kept = studio.library / ".bin" / thrown["id"] / "scripts" / "grounding"
    kept.rename(tmp_path / "private")
    kept.symlink_to(tmp_path / "private")
    assert client.post(f"/api/shelf/bin/{thrown['id']}/back", json={}).status_code == 400
    assert thrown_away(studio) == []
    assert (tmp_path / "private" / "rain.yaml").read_text() == PART


def test_nothing_is_put_back_to_where_a_link_leads_out(client, studio, own, tmp_path):
    path = own("rain.yaml", PART)
    thrown = throw(client, "rain")
    path.parent.rmdir()
    (tmp_path / "elsewhere").mkdir()
    path.parent.symlink_to(tmp_path / "elsewhere")
    assert client.post(f"/api/shelf/bin/{thrown['id']}/back", json={}).status_code == 400
    assert list((tmp_path / "elsewhere").iterdir()) == []
    assert [each.name for each in thrown_away(studio)] == ["rain"]


def test_a_file_that_is_a_link_stays(client, own):
    real = own("real.yaml", PART, "kept")
    link = own("rain.yaml", PART)
    link.unlink()
    link.symlink_to("../../kept/real.yaml")
    assert client.post("/api/shelf/bin", json={"name": "rain"}).status_code == 400
    assert link.read_text() == real.read_text() == PART


def test_what_could_not_be_erased_is_not_said_to_be(client, studio, own, monkeypatch):
    from serguide.studio.shelf import bin_folder

    own("rain.yaml", PART)
    thrown = throw(client, "rain")
    monkeypatch.setattr(bin_folder, "remove", lambda _: None)  # another program has it open
    assert client.delete(f"/api/shelf/bin/{thrown['id']}").status_code == 409
    assert [each.name for each in thrown_away(studio)] == ["rain"]


def test_a_bin_that_is_a_link_is_not_followed(client, studio, own, tmp_path):
    own("rain.yaml", PART)
    (tmp_path / "elsewhere").mkdir()
    (studio.library / ".bin").symlink_to(tmp_path / "elsewhere")
    assert client.post("/api/shelf/bin", json={"name": "rain"}).status_code == 400
    assert list((tmp_path / "elsewhere").iterdir()) == []
    assert client.get("/api/shelf").json()["binned"] == 0, "the shelf itself is there"


def test_a_move_that_fails_leaves_it_where_it_is(client, studio, own, monkeypatch):
    path = own("rain.yaml", PART)
    monkeypatch.setattr(bin_folder, "move_new", _refuse)
    assert client.post("/api/shelf/bin", json={"name": "rain"}).status_code == 409
    assert path.read_text() == PART
    assert thrown_away(studio) == []
    assert list((studio.library / ".bin").iterdir()) == [], "a note may say a name"


def test_a_move_that_fails_in_between_gives_the_cover_back(client, own, monkeypatch):
    path, cover = own("rain.yaml", PART), own("rain.svg", "<svg/>", "imagery/art")
    real = bin_folder.move_new

    def second_fails(source, target):
        return _refuse() if source == path else real(source, target)

    monkeypatch.setattr(bin_folder, "move_new", second_fails)
    assert client.post("/api/shelf/bin", json={"name": "rain"}).status_code == 409
    assert cover.read_text() == "<svg/>"
    assert path.read_text() == PART


def _refuse(*_):
    raise OSError(28, "No space left on device")


def _studio(folder):
    from serguide.cache.store import Store
    from serguide.studio.studio import Studio

    return Studio(folder / "own", Store(folder / "store"), state=folder / "state")
