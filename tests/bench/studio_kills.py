"""Kill -9 the whole studio at many moments: `python studio_kills.py [MOMENTS]`.

One library, one cache and one state go through all of it. Each time the studio is started, and at
once words are typed, a session is changed, sentences are read aloud, sessions are made for
somebody, handed over and cancelled, all at the same time; after a while that differs from time to
time the process is killed. Then the disk is looked at as it lies there, before anything can mend
it: what was answered as saved must be in it, and every file must be whole. In the end the studio is
started once more, makes what is left in its queue, and is closed; nothing half-made may be left.
"""

from __future__ import annotations

import json
import os
import random
import re
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path

import numpy as np
import soundfile

sys.path.insert(0, str(Path(__file__).parent.parent))

from running_studio import DeskPage, RunningDesk, ended, running_desk

from serguide.base.units import SAMPLERATE
from serguide.bundle.inventory import inventory
from serguide.recordings.voice_folder import VoiceFolder
from serguide.script.reading import read_source
from serguide.studio.handover.records import Records

WORDS = """
title: By the window, {number}
kind: relaxation
values: {{name: ""}}
cues:
  - say: "{{name}}, if you like, listen to the rain, {number}. [1s] Or to nothing at all."
  - rest: 6s
  - say: And let it carry you for a while.
"""
SCRIPTS = {
    "coming-home": """
title: Coming home
kind: grounding
values: {name: ""}
cues:
  - say: Hear the room.
  - rest: 3s
  - say: "Thank you, {name}."
""",
    "read-to-me": """
title: Read to me
kind: relaxation
cues:
  - say: One is a leaf. Two is a stone. Three is a cloud. Four is a lamp.
  - rest: 6s
  - say: Five is a door. Six is a river. Seven is a field. Eight is a roof.
""",
    "sessions/mornings": """
title: Mornings
ending: alert
voice: tone
soundscape: none
ground: coming-home
steps: [by-the-window, coming-home]
""",
    "sessions/a-rainy-evening": """
title: A rainy evening
ending: alert
voice: tone
soundscape: none
values: {name: Zoë}
ground: coming-home
steps: [coming-home]
""",
}
SOUND = {"sound": True, "kind": "mp3", "handout": True}
_LEFT = re.compile(r"\.tmp\b|\.lock$|\.part$|-new$")


_PATIENCE = 20.0  # seconds in which a first take is kept, on a machine that much else is done on


@dataclass
class Promises:
    """What the studio has answered, and what was sent to it.

    words, title: what was answered last; sent: what may stand there besides; made: sessions; takes:
    by their length in samples, which no two have in common; given: handings over; cancelled: of
    these.
    """

    words: int = 0
    words_sent: int = 0
    title: int = 0
    title_sent: int = 0
    made: list[str] = field(default_factory=list)
    takes: dict[int, str] = field(default_factory=dict)
    takes_sent: int = 0
    given: list[str] = field(default_factory=list)
    cancelled: set[str] = field(default_factory=set)


class Kills:
    """A library that a studio is killed over; wrong: what was found, by what it is."""

    def __init__(self, base: Path, seed: int = 9) -> None:
        self.library = base / "library"
        self.said, self.wrong = Promises(), Counter[str]()
        self.struck, self.slowest = Counter[str](), 0.0
        self._random = random.Random(seed)
        self._heard: dict[str, int] = {}  # takes that were found whole, by their originals
        for name, text in {**SCRIPTS, "by-the-window": WORDS.format(number=0)}.items():
            path = self._script(name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text.lstrip(), encoding="utf-8")

    def moment(self, seconds: float, *, calm: bool) -> None:
        """Start the studio, have everything done at once, and kill it after so many seconds.

        calm: these begin when a take was kept; else as soon as there is an address.
        """
        began = time.monotonic()
        with running_desk(self.library) as desk:
            self.slowest = max(self.slowest, time.monotonic() - began)
            work = (self._type, self._change, self._read_aloud, self._make, self._hand_over)
            at = [threading.Thread(target=self._until_killed, args=(desk, each)) for each in work]
            for each in at:
                each.start()
            kept, patience = self.struck["takes"], time.monotonic() + _PATIENCE
            while calm and self.struck["takes"] == kept and time.monotonic() < patience:
                time.sleep(0.05)
            time.sleep(seconds)
            desk.process.kill()
            for each in at:
                each.join()
        self.look()

    def last(self) -> None:
        """Start it once more, let it finish what waits, close it, and look for what is left."""
        with running_desk(self.library) as desk:
            page = DeskPage(desk)
            self._check("the shelf does not come", page.ask("GET", "/api/shelf")[0] == 200)
            for name in ("read-to-me", "mornings"):
                page.get(f"/api/takes/{name}")
            for ident in self.said.given:
                state = ended(page, ident)["state"]
                wanted = ("cancelled",) if ident in self.said.cancelled else ("done", "cancelled")
                self._check("a hand-over came out otherwise", state in wanted)
            self._check("it does not end well", desk.stop() == 0)
        self._heard.clear()
        self.look()
        for path in self.library.rglob("*"):
            self._check("half-made and left", not _LEFT.search(path.name), path)

    def look(self) -> None:
        """Look at the disk as it lies there."""
        said = self.said
        words = self._number("by-the-window", r"By the window, (\d+)")
        self._check("a save of words is lost", said.words <= words <= said.words_sent)
        said.words = max(words, said.words)
        title = self._number("sessions/mornings", r"Mornings,? ?(\d*)")
        self._check("a save of a session is lost", said.title <= title <= said.title_sent)
        said.title = max(title, said.title)
        for name in said.made:
            self._check("a session that was made is lost", self._whole(f"sessions/{name}"))
        self._look_at_takes()
        self._look_at_what_was_given()

    def _look_at_takes(self) -> None:
        if not self.said.takes:
            return
        folder = VoiceFolder(self.library / "voices" / "my-voice")
        index = folder.open_index()
        self._check("the index of takes is damaged", not index.problems)
        for each in index.recordings:
            if each.original in self._heard:
                continue
            samples, rate = soundfile.read(folder.file(each.original), dtype="float32")
            right = rate == SAMPLERATE and np.abs(samples - sound(len(samples))).max() < 1e-6
            self._check("a take is not whole", right)
            self._check("a clip is missing", folder.file(each.clip).is_file())
            self._heard[each.original] = len(samples)
        kept = {self._heard[each.original]: each.text for each in index.recordings}
        for frames, text in self.said.takes.items():
            self._check("a take is lost", kept.get(frames) == text)

    def _look_at_what_was_given(self) -> None:
        records = Records(self.library)
        rows = {each.id: each for each in records.all()}
        for ident in self.said.given:
            self._check("a hand-over is lost", ident in rows)
        for ident in self.said.cancelled:
            back = ident in rows and rows[ident].state != "cancelled"
            self._check("what was cancelled comes back", not back)
        for ident, row in rows.items():
            bundle, files = records.folder / ident / "bundle", records.folder / ident / "files"
            if bundle.exists():
                found = inventory(bundle)
                self._check("half a bundle", found is not None and found.as_rendered)
            self._check("a hand-over failed", row.state != "failed", row.problem)
            if row.state == "done":
                sizes = {path.name: path.stat().st_size for path in files.iterdir()}
                self._check("what was given is not whole", sizes == dict(row.files))

    def _type(self, page: DeskPage) -> None:
        path = "/api/parts/by-the-window/text"
        version = page.get(path)["version"]
        while True:
            self.said.words_sent += 1
            number = self.said.words_sent
            text = WORDS.format(number=number).lstrip()
            version = page.put(path, {"version": version, "text": text})["version"]
            self.said.words = number
            self.struck["saves of words"] += 1

    def _change(self, page: DeskPage) -> None:
        path = "/api/sessions/mornings"
        version = page.get(path)["version"]
        while True:
            self.said.title_sent += 1
            number = self.said.title_sent
            change = {"kind": "title", "title": f"Mornings, {number}"}
            asked = {"version": version, "change": change}
            version = page.post(f"{path}/changes", asked)["version"]
            self.said.title = number
            self.struck["saves of a session"] += 1

    def _read_aloud(self, page: DeskPage) -> None:
        sentences = page.get("/api/takes/read-to-me")["sentences"]
        while True:
            self.said.takes_sent += 1
            frames = 3 * SAMPLERATE + 480 * self.said.takes_sent
            sentence = sentences[self.said.takes_sent % len(sentences)]
            wav = _wav(sound(frames))
            path = f"/api/takes/read-to-me/{sentence['id']}?turn=0.5&key={frames / SAMPLERATE:.4f}"
            kept = page.put(path, wav)
            assert kept["state"] in ("good", "doubtful"), kept
            self.said.takes[frames] = sentence["text"]
            self.struck["takes"] += 1

    def _make(self, page: DeskPage) -> None:
        while True:
            client = f"Ana {len(self.said.made)}"
            asked = {"from": "a-rainy-evening", "name_of_client": client, "title": "An evening"}
            self.said.made.append(page.post("/api/shelf/sessions", asked)["name"])
            self.struck["sessions"] += 1
            time.sleep(0.7)

    def _hand_over(self, page: DeskPage) -> None:
        while True:
            who = f"Ana {len(self.said.given)}"
            asked = {"name": "a-rainy-evening", "who": who, "ways": SOUND}
            ident = page.post("/api/handovers", asked)["id"]
            self.said.given.append(ident)
            self.struck["hand-overs"] += 1
            if len(self.said.given) % 3 == 0:
                time.sleep(self._random.uniform(0.0, 1.0))
                if page.delete(f"/api/handovers/{ident}")["state"] == "cancelled":
                    self.said.cancelled.add(ident)
                    self.struck["cancelled"] += 1
            time.sleep(0.5)

    def _until_killed(self, desk: RunningDesk, work: Callable[[DeskPage], None]) -> None:
        try:
            work(DeskPage(desk))
        except (OSError, HTTPException, ValueError):
            return  # the studio is gone
        except AssertionError as error:
            self._check("an answer that should not be", False, error)

    def _script(self, name: str) -> Path:
        return self.library / "scripts" / f"{name}.yaml"

    def _number(self, name: str, title: str) -> int:
        """Return the number in a file's title; -1 where it is not whole."""
        if not self._whole(name):
            return -1
        found = re.fullmatch(title, read_source(self._script(name)).model.title)
        return int(found[1] or 0) if found else -1

    def _whole(self, name: str) -> bool:
        try:
            read_source(self._script(name))
        except Exception as error:
            self._check("a file is not whole", False, error)
            return False
        return True

    def _check(self, what: str, right: object, about: object = "") -> None:
        if not right:
            self.wrong[what] += 1
            print(f"WRONG: {what} {about}", file=sys.stderr, flush=True)


def sound(frames: int) -> np.ndarray:
    """Return what is read: words' loudness between two quiets; of each length another."""
    rng = np.random.default_rng(frames)
    quiet, loud = rng.normal(0.0, 3e-4, frames), rng.normal(0.0, 0.05, frames)
    loud[:SAMPLERATE] = loud[-SAMPLERATE // 2 :] = 0.0
    return (quiet + loud).astype(np.float32)


def _wav(samples: np.ndarray) -> bytes:
    import io

    out = io.BytesIO()
    soundfile.write(out, samples, SAMPLERATE, format="WAV", subtype="FLOAT")
    return out.getvalue()


def killed(base: Path, moments: int, longest: float = 3.0) -> Kills:
    """Kill a studio at so many moments, the last so many seconds after its first page."""
    kills = Kills(base)
    for moment in range(moments):
        # In another order than they lie, so that early and late ones take turns.
        place = (moment * 7 % moments + 0.5) / moments
        kills.moment(longest * place, calm=moment % 2 == 0)
    kills.last()
    return kills


def main() -> None:
    """Kill, look and print."""
    moments = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    with tempfile.TemporaryDirectory(prefix="studio-kills-") as name:
        base = Path(name)
        for variable in ("CACHE", "STATE", "DATA"):
            os.environ[f"SERGUIDE_{variable}"] = str(base / variable.lower())
        os.environ["SERGUIDE_NO_PACKAGED_VOICES"] = "1"
        began = time.monotonic()
        kills = killed(base, moments)
        print(f"{moments} moments in {time.monotonic() - began:.0f} s; answered: "
              + ", ".join(f"{count:,} {what}" for what, count in kills.struck.items()))  # fmt: skip
        print(f"slowest start: {kills.slowest:.1f} s")
        print("wrong: " + (json.dumps(kills.wrong) if kills.wrong else "nothing"))


if __name__ == "__main__":
    main()
