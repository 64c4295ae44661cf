"""What a killed studio leaves half-written beside a therapist's files is swept."""

from __future__ import annotations

from serguide.base.files.owned import owned
from serguide.base.files.temporary import new_name
from serguide.studio.saving.left_over import sweep_left_over


def test_what_the_dead_left_goes_and_all_else_stays(tmp_path):
    places = [
        tmp_path,
        tmp_path / "scripts" / "sessions",
        tmp_path / "imagery" / "scenes",
        tmp_path / "handed-over",
        tmp_path / "handed-over" / "0a1b",
        tmp_path / "voices" / "my-voice" / ".incoming",
    ]
    dead, kept = [], []
    for place in places:
        place.mkdir(parents=True, exist_ok=True)
        name = new_name()
        dead += [place / f".{name}.tmp", place / f".{name}.tmp.lock"]
        kept += [place / "mine.yaml", place / ".hidden.tmp", place / f"{name}.tmp"]
    for path in (*dead, *kept):
        path.write_text("Zoë", encoding="utf-8")
    half = tmp_path / "handed-over" / "0a1b" / f".bundle.{new_name()}.tmp"
    half.mkdir()
    half.with_name(f"{half.name}.lock").touch()
    (half / "session.mp3").write_bytes(b"half")
    living = tmp_path / "scripts" / f".{new_name()}.tmp"
    with owned(living):
        living.write_text("being written", encoding="utf-8")
        sweep_left_over([tmp_path, tmp_path / "not-there"])
        assert living.exists()
    assert not [path for path in (*dead, half) if path.exists()]
    assert all(path.exists() for path in kept)
