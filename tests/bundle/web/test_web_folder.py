"""A web folder names nobody, refuses robots, and takes the place of nothing but itself."""

from __future__ import annotations

import json
import re
import shutil

import pytest
from private import PHRASE
from sealed_reader import read

from serguide import api
from serguide.base.errors import BundleError, UsageError
from serguide.bundle.web.address import TOKEN, address_of, new_token
from serguide.bundle.web.host_files import HEADERS, host_files
from serguide.bundle.web.web_folder import write_web_folder


def below(folder):
    return next(path for path in folder.iterdir() if path.is_dir())


@pytest.fixture
def plain(private_bundle, tmp_path):
    return write_web_folder(private_bundle, tmp_path / "web")


def test_below_a_random_name_lies_the_bundle(plain, private_bundle):
    assert TOKEN.fullmatch(plain.page.parent.name)
    assert plain.page == plain.folder / plain.page.parent.name / "index.html"
    for path in private_bundle.rglob("*"):
        if path.is_file():
            copy = plain.page.parent / path.relative_to(private_bundle)
            assert copy.read_bytes() == path.read_bytes()
            assert copy.stat().st_ino != path.stat().st_ino
    files = [path for path in plain.page.parent.rglob("*") if path.is_file()]
    assert plain.size == sum(path.stat().st_size for path in files)


def test_names_are_drawn_from_many():
    names = {new_token() for _ in range(1000)}
    assert len(names) == 1000
    assert set("".join(names)) == set("23456789abcdefghjkmnpqrstvwxyz")
    assert all(TOKEN.fullmatch(name) for name in names)


def test_nothing_at_the_top_names_what_is_below(plain):
    token = plain.page.parent.name
    for path in plain.folder.iterdir():
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            assert token not in text, path.name
            for word in ("ptarmigan", "Yevgenia", "session.mp3"):
                assert word not in text, path.name


def test_robots_are_refused_everywhere(plain):
    assert (plain.folder / "robots.txt").read_text() == "User-agent: *\nDisallow: /\n"
    for page in (plain.page, plain.folder / "index.html"):
        assert '<meta name="robots" content="noindex' in page.read_text(encoding="utf-8")


def test_each_host_gets_each_header():
    files = host_files()
    for name, value in HEADERS.items():
        assert f"\n  {name}: {value}\n" in files["_headers"]
        assert f'  Header always set {name} "{value}"\n' in files[".htaccess"]
        assert f'add_header {name} "{value}" always;\n' in files["nginx-headers.conf"]
        rows = json.loads(files["vercel.json"])["headers"][0]["headers"]
        assert {"key": name, "value": value} in rows
    assert files["_headers"].startswith("/*\n")
    assert "noindex" in HEADERS["X-Robots-Tag"]


def test_a_sealed_one_tells_nothing_and_opens(private_bundle, tmp_path):
    done = write_web_folder(private_bundle, tmp_path / "web", passphrase=PHRASE)
    files = read(done.page.read_text(encoding="utf-8"), PHRASE)
    assert files["session.json"] == (private_bundle / "session.json").read_bytes()
    for path in done.page.parent.iterdir():
        if path.name != "index.html":
            content = path.read_bytes().lower()
            for word in (b"ptarmigan", b"yevgenia", b"quimby", b"evening"):
                assert word not in content, path.name
    manifest = json.loads((done.page.parent / "manifest.webmanifest").read_text(encoding="utf-8"))
    assert manifest["start_url"] == manifest["scope"] == "./"
    worker = (done.page.parent / "sw.js").read_text(encoding="utf-8")
    assert '"index.html"' in worker
    assert "__" not in worker
    assert 'rel="manifest"' in done.page.read_text(encoding="utf-8")


def test_publishing_again_keeps_the_address_and_changes_the_version(private_bundle, tmp_path):
    first = write_web_folder(private_bundle, tmp_path / "web", passphrase=PHRASE)
    worker = (first.page.parent / "sw.js").read_text()
    (tmp_path / "web" / ".DS_Store").write_bytes(b"x")
    again = write_web_folder(private_bundle, tmp_path / "web", passphrase=PHRASE)
    assert again.page == first.page
    assert (again.page.parent / "sw.js").read_text() != worker
    plain = write_web_folder(private_bundle, tmp_path / "web", force=True)
    assert plain.page == first.page
    assert not (plain.page.parent / "icon.png").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["web"]


def theirs(folder, how):
    page = below(folder) / "index.html"
    {
        "a file": lambda: (folder / "notes.txt").write_text("mine"),
        "a file below": lambda: (page.parent / "notes.txt").write_text("mine"),
        "changed": lambda: page.write_text("mine"),
        "a link": lambda: (folder / "link").symlink_to(page),
        "no record": lambda: (folder / "serguide-web.json").unlink(),
        "another record": lambda: (folder / "serguide-web.json").write_text('{"serguide_web": 9}'),
    }[how]()


@pytest.mark.parametrize(
    "how", ["a file", "a file below", "changed", "a link", "no record", "another record"]
)
def test_what_serguide_did_not_write_is_left(plain, private_bundle, how):
    theirs(plain.folder, how)
    before = {path: path.is_file() and path.read_bytes() for path in plain.folder.rglob("*")}
    with pytest.raises(UsageError, match="is left as it is"):
        write_web_folder(private_bundle, plain.folder)
    assert {p: p.is_file() and p.read_bytes() for p in plain.folder.rglob("*")} == before


def test_a_bundle_is_no_web_folder(private_bundle, tmp_path):
    copy = tmp_path / "bundle"
    shutil.copytree(private_bundle, copy)
    with pytest.raises(UsageError, match="not a serguide web folder"):
        write_web_folder(private_bundle, copy)


def test_a_bundle_that_is_not_whole_is_not_published(private_bundle, tmp_path):
    copy = tmp_path / "bundle"
    shutil.copytree(private_bundle, copy)
    (copy / "session.mp3").unlink()
    for passphrase in (None, PHRASE):
        with pytest.raises(BundleError, match="not whole"):
            write_web_folder(copy, tmp_path / "web", passphrase=passphrase)
    assert not (tmp_path / "web").exists()


def test_the_address_and_its_code_lie_beside(private_bundle, tmp_path):
    done = write_web_folder(private_bundle, tmp_path / "web", site="https://sound.example.org/")
    assert done.address == f"https://sound.example.org/{done.page.parent.name}/"
    assert done.qr == tmp_path / "web-address.svg"
    svg = done.qr.read_text(encoding="utf-8")
    assert f"<title>{done.address}</title>" in svg
    again = write_web_folder(private_bundle, tmp_path / "web", site="https://other.example.org/x")
    assert again.address in done.qr.read_text(encoding="utf-8")
    assert again.address.startswith("https://other.example.org/x/")


def test_a_drawing_of_somebody_else_is_left(private_bundle, tmp_path):
    (tmp_path / "web-address.svg").write_text("<svg/>")
    with pytest.raises(UsageError, match="not a QR code that serguide drew"):
        write_web_folder(private_bundle, tmp_path / "web", site="https://sound.example.org")
    assert (tmp_path / "web-address.svg").read_text() == "<svg/>"
    assert not (tmp_path / "web").exists(), "nothing half-done"


@pytest.mark.parametrize(
    "site",
    ["http://example.org", "example.org", "https://", "ftp://example.org", "https://exa mple.org",
     "https://example.org/?q=1", "https://example.org/#x", "https://me:pw@example.org",
     "https://[::1", "https://example.org:99999", "https://exämple.org", "javascript:alert(1)"],
)  # fmt: skip
def test_an_address_that_would_not_do_is_refused(site):
    with pytest.raises(UsageError) as caught:
        address_of(site, new_token())
    assert re.search("https://|where the folder", str(caught.value))


def test_an_address_keeps_its_session_and_its_lock(private_bundle, tmp_path):
    """Whoever has the address gets nothing that was not meant for them."""
    web = tmp_path / "web"
    first = write_web_folder(private_bundle, web, passphrase=PHRASE)
    with pytest.raises(UsageError, match="asks for a passphrase at its address"):
        write_web_folder(private_bundle, web)
    other = tmp_path / "other"
    shutil.copytree(private_bundle, other)
    manifest = json.loads((other / "session.json").read_text(encoding="utf-8"))
    manifest["name"] = "Another evening"
    (other / "session.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(UsageError, match="has another session at its address"):
        write_web_folder(other, web, passphrase=PHRASE)
    assert read(first.page.read_text(encoding="utf-8"), PHRASE)
    assert write_web_folder(private_bundle, web, passphrase=PHRASE).page == first.page
    assert write_web_folder(private_bundle, web, force=True).page == first.page


def test_a_folder_of_a_user_s_is_left_though_it_is_empty(plain, private_bundle):
    (plain.folder / "mine").mkdir()
    with pytest.raises(UsageError, match="mine"):
        api.publish(private_bundle, plain.folder)
    assert (plain.folder / "mine").is_dir()


def test_a_folder_inside_the_bundle_is_refused(private_bundle):
    with pytest.raises(UsageError, match="is inside the bundle"):
        api.publish(private_bundle, private_bundle / "web")


def test_an_address_that_is_too_long_is_told_before_anything_is_written(private_bundle, tmp_path):
    site = "https://" + "a" * 3000 + ".example.org"
    with pytest.raises(UsageError, match="too long"):
        write_web_folder(private_bundle, tmp_path / "web", site=site)
    assert not (tmp_path / "web").exists()
