from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path
from types import SimpleNamespace

import pytest
from weights_fixtures import CONFIG, MODEL, file_of
from weights_server import Deed

from serguide.base.errors import NetworkError, VoiceError
from serguide.base.files.locks import sole
from serguide.voices.weights.installation import fetched
from serguide.voices.weights.style_vectors import STYLE_BYTES
from serguide.voices.weights.weights_catalogue import WeightsSet
from serguide.voices.weights.weights_install import install, remove_weights, waiting
from serguide.voices.weights.weights_sources import from_network
from serguide.voices.weights.weights_transport import WeightsTransport


def get(wanted: WeightsSet, transport: WeightsTransport, report=lambda _done, _total: None):
    return install(wanted, from_network(wanted), report, transport)


def left(data_folder: Path) -> list[str]:
    """Return all files below the folder of data, but for those of locks."""
    files = (path for path in data_folder.rglob("*") if path.is_file())
    return sorted(p.relative_to(data_folder).as_posix() for p in files if p.suffix != ".lock")


def test_a_voice_is_whole_and_found(quick, small_piper, data_folder):
    told = []
    done = get(small_piper, quick, lambda *progress: told.append(progress))
    assert done == fetched("piper:x")
    assert done.parts[0].read_bytes() == MODEL
    assert done.config is not None
    assert done.config.read_bytes() == CONFIG
    assert (done.size, done.licence) == (small_piper.size, "CC0-1.0")
    assert "someone" in done.origin
    assert done.digest == small_piper.model.digest
    assert told[-1] == (small_piper.size, small_piper.size)
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    folder = "voices/piper/x"
    names = ("LICENCE.txt", "weights.json", "x.onnx", "x.onnx.json")
    assert left(data_folder) == [f"{folder}/{name}" for name in names]
    assert (data_folder / folder / "LICENCE.txt").read_text() == "Keep this."


def test_styles_are_laid_apart(quick, small_kokoro):
    done = get(small_kokoro, quick)
    assert sorted(done.styles) == ["af_one", "bf_two"]
    raw = done.styles["bf_two"].read_bytes()
    assert raw == b"\x00\x00\x00\x40" * (STYLE_BYTES // 4)


def test_other_bytes_are_thrown_away_and_nothing_is_found(
    quick, small_piper, weights_server, data_folder
):
    weights_server.then(Deed.OTHER_BYTES)
    with pytest.raises(VoiceError, match="not what its makers published") as caught:
        get(small_piper, quick)
    assert "name its folder" in caught.value.hint
    assert fetched("piper:x") is None
    assert left(data_folder) == []
    assert get(small_piper, quick)


def test_a_hash_of_the_other_kind_holds_too(quick, small_piper, weights_server, data_folder):
    import hashlib

    md5 = f"md5:{hashlib.md5(MODEL).hexdigest()}"
    plain = file_of(weights_server.url, "x.onnx", "model", MODEL)
    model = type(plain)(plain.name, plain.role, plain.url, plain.size, md5)
    wanted = WeightsSet("piper:x", "", "", "", "", (model,), "en")
    weights_server.then(Deed.OTHER_BYTES)
    with pytest.raises(VoiceError, match="not what its makers published"):
        get(wanted, quick)
    assert get(wanted, quick).digest == small_piper.model.digest


def test_what_arrived_is_kept_when_the_network_goes(
    quick, small_piper, weights_server, data_folder
):
    weights_server.then(Deed.BREAK_OFF, *[Deed.FAILED] * 9)
    with pytest.raises(NetworkError):
        get(small_piper, quick)
    assert fetched("piper:x") is None
    assert waiting(small_piper) == len(MODEL) // 2


@pytest.mark.parametrize("often", [1, 3])
def test_ctrl_c_leaves_what_can_be_gone_on_with(
    quick, small_piper, weights_server, data_folder, often
):
    def stop(done: int, total: int) -> None:
        if done > total * 0.3:
            raise KeyboardInterrupt

    for _ in range(often):
        with pytest.raises(KeyboardInterrupt):
            get(small_piper, quick, stop)
        assert fetched("piper:x") is None
    kept = waiting(small_piper)
    assert kept > 0.3 * len(MODEL)
    assert get(small_piper, quick)
    assert weights_server.asked[-2] == ("/x.onnx", kept)
    assert not any("parts/" in name for name in left(data_folder))


def test_two_at_once_are_told_apart(quick, small_piper, data_folder):
    parts = data_folder / "voices" / "parts"
    parts.mkdir(parents=True)
    with sole(parts / "x.lock", 1.0), pytest.raises(VoiceError, match="Another serguide"):
        get(small_piper, quick)


def test_a_newer_one_takes_the_place_of_an_older(quick, small_piper, data_folder):
    get(small_piper, quick)
    again = get(small_piper, quick)
    assert again.parts[0].read_bytes() == MODEL
    assert [path.name for path in (data_folder / "voices" / "piper").iterdir()] == ["x"]


def test_what_is_somebody_else_s_stays(quick, small_piper, data_folder):
    mine = data_folder / "voices" / "piper" / "x" / "mine.txt"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine")
    with pytest.raises(VoiceError, match=r"did not put there: mine\.txt"):
        get(small_piper, quick)
    assert left(data_folder) == ["voices/piper/x/mine.txt"]


@pytest.mark.parametrize("harm", ["cut", "gone", "manifest", "leads out"])
def test_what_is_not_whole_is_not_there(quick, small_piper, data_folder, harm):
    done = get(small_piper, quick)
    folder = done.parts[0].parent
    if harm == "cut":
        done.parts[0].write_bytes(MODEL[:-1])
    elif harm == "gone":
        done.parts[0].unlink()
    else:
        told = folder / "weights.json"
        text = told.read_text()
        told.write_text(text[:-9] if harm == "manifest" else text.replace("x.onnx", "../x.onnx"))
    assert fetched("piper:x") is None
    if harm in ("cut", "gone"):
        assert get(small_piper, quick).parts[0].read_bytes() == MODEL


def test_it_is_removed_and_nothing_else(quick, small_piper, data_folder):
    folder = get(small_piper, quick).parts[0].parent
    (folder / "mine.txt").write_text("mine")
    assert remove_weights(small_piper) > len(MODEL)
    assert left(data_folder) == ["voices/piper/x/mine.txt"]
    assert fetched("piper:x") is None
    assert remove_weights(small_piper) == 0


def test_parts_are_removed_too(quick, small_piper, weights_server, data_folder):
    weights_server.then(Deed.BREAK_OFF, *[Deed.FAILED] * 9)
    with pytest.raises(NetworkError):
        get(small_piper, quick)
    assert remove_weights(small_piper) == len(MODEL) // 2
    assert left(data_folder) == []


def test_a_disk_without_room_is_told_before_anything_is_fetched(
    quick, small_piper, weights_server, monkeypatch
):
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=5000))
    with pytest.raises(VoiceError, match=r"needs 20 MB.* 0 MB left") as caught:
        get(small_piper, quick)
    assert "SERGUIDE_DATA" in caught.value.hint
    assert weights_server.asked == []


GETTING = """
    import sys
    from pathlib import Path

    from serguide.base.errors import SerguideError
    from serguide.voices.weights import weights_install
    from serguide.voices.weights.weights_catalogue import WeightsFile, WeightsSet
    from serguide.voices.weights.weights_sources import from_network

    url, size, digest, most = sys.argv[1], int(sys.argv[2]), sys.argv[3], int(sys.argv[4])
    weights_install._ROOM = -10**9  # the disk says that there is room, and then there is none
    if most:
        import resource
        import signal

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    file = WeightsFile("x.onnx", "model", url + "/x.onnx", size, digest)
    wanted = WeightsSet("piper:x", "", "", "", "", (file,), "en")
    sources = from_network(wanted)
    try:
        weights_install.install(wanted, sources, lambda done, _: print(done, flush=True))
    except SerguideError as error:
        sys.exit(f"{error.exit_code}: {error}")
"""


def getting(small_piper, folder: Path, most: int = 0) -> subprocess.Popen[str]:
    """Get a voice in a process of its own; most: bytes that a file may have, 0 for any."""
    model = small_piper.model
    return subprocess.Popen(
        [
            *(sys.executable, "-c", textwrap.dedent(GETTING)),
            *(model.url.rpartition("/")[0], str(model.size), model.digest, str(most)),
        ],
        env={**os.environ, "SERGUIDE_DATA": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def small_disk(tmp_path: Path):
    """Give a disk of 200 kB and no limit, or a folder and a limit that does the same."""
    place = tmp_path / "small"
    place.mkdir()
    size = 200_704
    mount = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(place)], capture_output=True
    )
    if mount.returncode:
        yield place, size
        return
    yield place, 0
    subprocess.run(["umount", str(place)], check=True)


@pytest.mark.skipif(os.name != "posix", reason="neither a small disk nor a limit elsewhere")
def test_a_full_disk_is_told_and_leaves_no_voice(small_piper, small_disk):
    place, most = small_disk
    process = getting(small_piper, place, most)
    _, told = process.communicate(timeout=60)
    assert told.startswith("4: piper:x cannot be kept: "), told
    assert "Make room on the disk" in told
    assert "Traceback" not in told
    assert not (place / "voices" / "piper" / "x").exists()


@pytest.mark.skipif(os.name != "posix", reason="no SIGKILL")
def test_a_killed_one_is_gone_on_with(quick, small_piper, weights_server, data_folder):
    weights_server.then(Deed.DRIP)
    process = getting(small_piper, data_folder)
    for line in process.stdout:
        if int(line) > 20:
            break
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert fetched("piper:x") is None
    assert waiting(small_piper) > 0
    assert get(small_piper, quick)
    assert weights_server.asked[-2][1] > 0
