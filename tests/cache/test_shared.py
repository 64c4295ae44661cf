"""A store that machines share: verified, whole, without what is a client's, right without locks."""

from __future__ import annotations

import hashlib
import os
import threading
from io import BytesIO

import pytest

from serguide.base.errors import StoreError
from serguide.base.files.remote_folder import RemoteFolder
from serguide.cache import shared
from serguide.cache.entries import header_of
from serguide.cache.fallback import FallbackStore
from serguide.cache.shared import SharedStore
from serguide.cache.store import Store, key_of, open_url

KEY, OTHER = key_of({"of": "one"}), key_of({"of": "two"})
LARGE = os.urandom(3_000_000)


@pytest.fixture
def machine(bucket, tmp_path):
    """Give what opens the shared store on another machine each time."""
    count, far = iter(range(100)), RemoteFolder(f"{bucket.url}/store")

    def opened(said=None):
        say = (said if said is not None else []).append
        return SharedStore(far, FallbackStore(tmp_path / f"near{next(count)}", say), say)

    return opened


def path_of(key):
    return f"store/objects/{key[:2]}/{key}"


def entry(key, payload):
    return header_of(key, hashlib.sha256(payload).digest(), len(payload)) + payload


def copied(store, key):
    out = BytesIO()
    return out.getvalue() if store.copy_to(key, out) else None


def test_what_one_machine_keeps_another_has(machine, bucket, tmp_path):
    one, two = machine(), machine()
    one.put(KEY, b"clip")
    (tmp_path / "track").write_bytes(LARGE)
    one.put_file(OTHER, tmp_path / "track")
    assert bucket.objects() == {
        path_of(KEY): entry(KEY, b"clip"),
        path_of(OTHER): entry(OTHER, LARGE),
    }
    assert two.has(KEY)
    assert two.get(KEY) == b"clip"
    assert copied(two, OTHER) == LARGE
    bucket.faults.asked.clear()
    assert two.get(KEY) == b"clip"
    assert copied(two, OTHER) == LARGE
    assert bucket.faults.asked == [], "the second time it is near"
    assert two.get(key_of({"of": "none"})) is None


def test_a_folder_can_be_uploaded_as_it_is(machine, bucket, tmp_path):
    Store(tmp_path / "folder").put(KEY, b"clip")
    bucket.put(path_of(KEY), (tmp_path / "folder" / "objects" / KEY[:2] / KEY).read_bytes())
    assert machine().get(KEY) == b"clip"


def test_what_is_a_clients_never_leaves_the_machine(machine, bucket, tmp_path):
    one = machine()
    one.put(KEY, b"Ana", private=True)
    (tmp_path / "track").write_bytes(LARGE)
    one.put_file(OTHER, tmp_path / "track", private=True)
    assert (one.get(KEY), copied(one, OTHER)) == (b"Ana", LARGE)
    assert bucket.objects() == {}
    assert not machine().has(KEY)
    assert one.private_size().entries == 2
    one.clear_private()
    assert not one.has(KEY)


def test_what_was_near_before_is_shared_when_it_is_used(machine, bucket):
    one = machine()
    one._near.put(KEY, b"clip")
    one._near.put(OTHER, b"Ana", private=True)
    assert (one.get(KEY), one.get(OTHER)) == (b"clip", b"Ana")
    assert list(bucket.objects()) == [path_of(KEY)]


DAMAGED = {
    "empty": b"",
    "header": b"serguide",
    "cut": entry(KEY, b"clip")[:-1],
    "longer": entry(KEY, b"clip") + b"x",
    "altered": entry(KEY, b"clip")[:-1] + b"x",
    "another's": entry(OTHER, b"clip"),
    "large, cut": entry(KEY, LARGE)[:-1],
    "large, altered": entry(KEY, LARGE)[:-1] + bytes([LARGE[-1] ^ 1]),
}


def test_what_is_damaged_is_not_used_and_made_anew(machine, bucket):
    for how, content in DAMAGED.items():
        bucket.put(path_of(KEY), content)
        said = []
        one = machine(said)
        assert one.get(KEY) is None, how
        assert (one.lost, len(said)) == (1, 1), how
        assert not one.has(KEY), how
        one.put(KEY, b"clip")
        assert bucket.objects()[path_of(KEY)] == entry(KEY, b"clip"), how
        assert machine().get(KEY) == b"clip", how


def test_what_decodes_to_nothing_is_replaced(machine, bucket):
    bucket.put(path_of(KEY), entry(KEY, b"no sound"))
    one = machine()
    assert one.get(KEY) == b"no sound"
    one.set_aside(KEY)
    assert one.get(KEY) is None
    one.put(KEY, b"clip")
    assert machine().get(KEY) == b"clip"


@pytest.mark.parametrize("fault", ["slow", "503", "truncated", "wrong bytes", "gone"])
def test_a_fault_on_the_way_is_got_over(machine, bucket, fault):
    bucket.faults.delay = 0.2
    for payload in (b"clip", LARGE):
        machine().put(KEY, payload)
        one, left = machine(), [2]

        def choose(_method, path, left=left):
            left[0] -= KEY in path
            return fault if KEY in path and left[0] >= 0 else ""

        bucket.faults.choose = choose
        assert copied(one, KEY) == payload
        one.put(OTHER, b"other")
        assert bucket.objects()[path_of(OTHER)] == entry(OTHER, b"other")
        bucket.faults.choose = lambda *_: ""
        bucket.put(path_of(KEY), b"another")


@pytest.mark.parametrize("fault", ["503", "truncated", "wrong bytes", "gone"])
def test_a_fault_that_stays_costs_work_and_nothing_else(machine, bucket, fault):
    machine().put(KEY, b"clip")
    one = machine()
    bucket.faults.choose = lambda *_: fault
    assert one.get(KEY) is None
    assert one.lost >= 1
    one.put(KEY, b"clip")
    assert one.get(KEY) == b"clip", "it is near"
    asked = len(bucket.faults.asked)
    for number in range(20):
        assert one.get(key_of({"of": number})) is None
    if fault in ("503", "gone"):
        assert len(bucket.faults.asked) == asked, "what does not answer is left alone for a while"


def test_what_came_back_is_used_again(machine, bucket, monkeypatch):
    monkeypatch.setattr(shared, "_REST", 0.2)
    one = machine()
    bucket.faults.choose = lambda *_: "gone"
    one.put(KEY, b"clip")
    bucket.faults.choose = lambda *_: ""
    threading.Event().wait(0.3)
    one.get(KEY)
    assert machine().get(KEY) == b"clip"


def test_what_is_refused_is_an_error(machine, bucket):
    one = machine()
    bucket.faults.choose = lambda *_: "403"
    with pytest.raises(StoreError, match="cannot be used"):
        one.get(KEY)
    with pytest.raises(StoreError, match="cannot be used"):
        machine()


def test_many_machines_at_once_need_no_lock(machine, bucket):
    machines, keys = [machine() for _ in range(6)], [key_of({"of": n}) for n in range(8)]
    wrong = []

    def work(store, turn):
        for key in keys[turn:] + keys[:turn]:
            payload = hashlib.sha256(key.encode()).digest() * 1000
            kept = store.get(key)
            if kept is None:
                store.put(key, payload)
            elif kept != payload:
                wrong.append(key)

    threads = [threading.Thread(target=work, args=(each, n)) for n, each in enumerate(machines)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert len(bucket.objects()) == 8
    assert all(each.lost == 0 for each in machines)


def test_no_disk_here_is_no_reason_to_stop(machine, tmp_path):
    machine().put(KEY, b"clip")
    said = []
    (tmp_path / "file").write_text("no folder")
    near = FallbackStore(tmp_path / "file" / "near", said.append)
    one = SharedStore(machine()._far, near, said.append)
    assert one.get(KEY) == b"clip"
    one.put(OTHER, b"other")
    assert machine().get(OTHER) == b"other"
    assert len(said) == 1


def test_a_url_opens_it_with_the_users_own_store_before_it(bucket, monkeypatch, tmp_path):
    monkeypatch.setenv("SERGUIDE_CACHE", str(tmp_path / "own"))
    store = open_url(f"{bucket.url}/store")
    store.put(KEY, b"clip")
    assert Store(tmp_path / "own").get(KEY) == b"clip"
    assert path_of(KEY) in bucket.objects()
    memory = open_url("memory://store")
    memory.put(OTHER, b"clip")
    monkeypatch.setenv("SERGUIDE_CACHE", str(tmp_path / "another"))
    assert open_url("memory://store").get(OTHER) == b"clip"
