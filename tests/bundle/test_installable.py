from __future__ import annotations

import json

from samples import contents_of, small_session

from serguide.bundle.manifest import identifier, manifest_json
from serguide.bundle.page.installable import webmanifest_json, worker_js


def test_the_app_manifest_may_live_at_any_address(small):
    manifest = json.loads(webmanifest_json(small))
    assert manifest["name"] == "The first evening"
    assert manifest["start_url"] == manifest["scope"] == "./"
    assert manifest["display"] == "standalone"
    assert manifest["icons"][0]["src"] == "cover.png"


def test_the_worker_keeps_this_bundle_under_its_id(small):
    text = worker_js(small)
    name = json.loads(manifest_json(small))["id"]
    assert identifier(small) == name
    assert f'const CACHE = "{name}";' in text
    assert '"session.mp3", "ground.mp3"' in text
    assert '"captions.vtt", "ground.vtt"' in text
    assert "__" not in text


def test_another_bundle_is_another_version(small):
    other = contents_of(small_session(), suffix=".m4a")
    assert identifier(other) != identifier(small)
