"""The W3C's rules for processing an audiobook's manifest, written from the two Recommendations.

Publication Manifest (https://www.w3.org/TR/pub-manifest/#manifest-processing) and Audiobooks
(https://www.w3.org/TR/audiobooks/#audio-manifest-processing). It shares nothing with the writer.
`process` returns every validation error as (step, what); a fatal error is raised.
"""

from __future__ import annotations

import re
from fractions import Fraction
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

ENTITIES = {
    "artist", "author", "colorist", "contributor", "creator", "editor", "illustrator", "inker",
    "letterer", "penciler", "publisher", "readBy", "translator",
}  # fmt: skip
LOCALIZABLE = {"name", "accessibilitySummary", "description"}
LINKED = {"readingOrder", "resources", "links", "alternate"}
URLS = {"url", "id", "conformsTo"}
LITERALS = {"accessMode", "accessibilityFeature", "accessibilityHazard", "inLanguage", "type",
            "itemListElement", "rel"}  # fmt: skip
RECOMMENDED = (
    "abridged", "accessMode", "accessModeSufficient", "accessibilityFeature",
    "accessibilityHazard", "accessibilitySummary", "author", "dateModified", "datePublished",
    "id", "inLanguage", "name", "readBy", "readingProgression", "resources", "url",
)  # fmt: skip
PROFILE = "https://www.w3.org/TR/audiobooks/"
# ISO 8601-1, 5.5.2.
DURATION = re.compile(
    r"P(?=.)(?:\d+W|(?:\d+Y)?(?:\d+M)?(?:(\d+)D)?"
    r"(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:[.,]\d+)?)S)?)?)"
)
# RFC 5646, 2.1: language, extended languages, script, region, variants.
BCP47 = re.compile(
    r"[A-Za-z]{2,8}(-[A-Za-z]{3}){0,3}(-[A-Za-z]{4})?(-(?:[A-Za-z]{2}|\d{3}))?"
    r"(-(?:[A-Za-z0-9]{5,8}|\d[A-Za-z0-9]{3}))*(-[A-WY-Za-wy-z0-9](-[A-Za-z0-9]{2,8})+)*"
    r"(-x(-[A-Za-z0-9]{1,8})+)?"
)


class FatalError(Exception):
    """The manifest is not an audiobook's."""


def process(manifest, base, document=None):
    """Return the errors found; base: the manifest's URL; document: the entry page's HTML."""
    errors = []
    context = manifest.get("@context")
    if not isinstance(context, list) or context[:2] != [
        "https://schema.org",
        "https://www.w3.org/ns/pub-context",
    ]:
        raise FatalError("@context")
    profiles = manifest.get("conformsTo")
    if PROFILE not in (profiles if isinstance(profiles, list) else [profiles]):
        raise FatalError("conformsTo")
    language, way = "", ""
    for entry in context[2:]:
        if isinstance(entry, dict):
            language, way = entry.get("language", ""), entry.get("direction", "")
    if language and not BCP47.fullmatch(language):
        errors.append(("context", "language"))
    if way and way not in ("ltr", "rtl"):
        errors.append(("context", "direction"))
    data = {
        term: _normalized(term, value, base, language, errors)
        for term, value in manifest.items()
        if term != "@context"
    }
    _check_types(data, errors)
    _check_reading_order(data, errors)
    _check_recommended(data, errors)
    _check_publication(data, errors)
    _check_toc(data, document, errors)
    _check_durations(data, errors)
    return errors


def _normalized(term, value, base, language, errors):
    if term in ENTITIES | LOCALIZABLE | LINKED | LITERALS | {"accessModeSufficient"}:
        value = value if isinstance(value, list) else [value]
    if term in LOCALIZABLE:
        return [
            item if isinstance(item, dict) else {"value": item, "language": language}
            for item in value
        ]
    if term in ENTITIES | LINKED | {"accessModeSufficient"}:
        kind = "Person" if term in ENTITIES else "LinkedResource"
        key = "name" if term in ENTITIES else "url"
        found = []
        for item in value:
            entry = dict(item) if isinstance(item, dict) else {"type": [kind], key: item}
            found.append({k: _normalized(k, v, base, language, errors) for k, v in entry.items()})
        return found
    if term in URLS and term != "conformsTo":
        if not isinstance(value, str) or not value:
            errors.append(("url", term))
            return None
        return urljoin(base, value)
    return value


def _check_types(data, errors):
    for term, expected in (("abridged", bool), ("duration", str), ("readingProgression", str)):
        if term in data and not isinstance(data[term], expected):
            errors.append(("value category", term))
    for term in LITERALS & data.keys():
        if not data[term] or not all(isinstance(item, str) for item in data[term]):
            errors.append(("value category", term))
    for term in LOCALIZABLE & data.keys():
        for item in data[term]:
            if not isinstance(item.get("value"), str) or not item["value"]:
                errors.append(("localizable", term))
            if item.get("language") and not BCP47.fullmatch(item["language"]):
                errors.append(("localizable language", term))
    for term in ENTITIES & data.keys():
        for item in data[term]:
            if not any(name.get("value") for name in item.get("name", [])):
                errors.append(("entity without a name", term))
    for term in LINKED & data.keys():
        for item in data[term]:
            address = urlsplit(item.get("url") or "")
            if not address.scheme or re.search(r"[\s\"<>\\^`{|}]", item["url"]):
                errors.append(("linked resource url", item.get("url")))
            if "duration" in item and not DURATION.fullmatch(item["duration"]):
                errors.append(("linked resource duration", item["duration"]))


def _check_reading_order(data, errors):
    order = data.get("readingOrder")
    if not order:
        raise FatalError("readingOrder")
    errors.extend(
        ("not audio", item["url"])
        for item in order
        if not item.get("encodingFormat", "").startswith("audio/")
    )
    if "Audiobook" not in data.get("type", []):
        errors.append(("type", data.get("type")))


def _check_recommended(data, errors):
    errors.extend(("recommended", term) for term in RECOMMENDED if term not in data)
    resources = data["readingOrder"] + data.get("resources", [])
    covers = [item for item in resources if "cover" in item.get("rel", [])]
    if len(covers) != 1:
        errors.append(("cover", len(covers)))
    for item in covers:
        if item.get("encodingFormat", "").startswith("image/") and not item.get("name"):
            errors.append(("cover without a name", item["url"]))


def _check_publication(data, errors):
    if not data.get("id"):
        errors.append(("id", "missing"))
    if "duration" in data and not DURATION.fullmatch(data["duration"]):
        errors.append(("duration", data["duration"]))
    errors.extend(
        ("inLanguage", item) for item in data.get("inLanguage", []) if not BCP47.fullmatch(item)
    )
    errors.extend(
        ("accessModeSufficient", item)
        for item in data.get("accessModeSufficient", [])
        if "ItemList" not in item.get("type", [])
    )
    if data.get("readingProgression", "ltr") not in ("ltr", "rtl"):
        errors.append(("readingProgression", data["readingProgression"]))
    resources = data["readingOrder"] + data.get("resources", [])
    seen = set()
    for item in resources:
        address = urldefrag(item["url"]).url
        if address in seen:
            errors.append(("not unique", address))
        seen.add(address)
    for relation in ("contents", "pagelist"):
        if sum(relation in item.get("rel", []) for item in resources) > 1:
            errors.append(("more than one", relation))


class _TocFinder(HTMLParser):
    links = 0
    inside = 0
    found = False

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "nav" and "doc-toc" in (attributes.get("role") or "").split():
            self.found = True
            self.inside += 1
        elif self.inside and tag == "a" and attributes.get("href"):
            self.links += 1

    def handle_endtag(self, tag):
        if tag == "nav" and self.inside:
            self.inside -= 1


def _check_toc(data, document, errors):
    finder = _TocFinder()
    finder.feed(document or "")
    listed = any("contents" in item.get("rel", []) for item in data.get("resources", []))
    if not finder.found and not listed:
        errors.append(("table of contents", "missing"))
    if document is not None and not finder.links:
        errors.append(("table of contents", "no link"))


def _check_durations(data, errors):
    total = Fraction(0)
    for item in data["readingOrder"]:
        if "duration" not in item:
            errors.append(("duration", item["url"]))
        else:
            total += _seconds(item["duration"])
    if "duration" not in data:
        errors.append(("duration", "missing"))
    elif _seconds(data["duration"]) != total:
        errors.append(("durations do not add up", data["duration"]))


def _seconds(duration):
    days, hours, minutes, seconds = DURATION.fullmatch(duration).groups(default="0")
    whole = (int(days) * 24 + int(hours)) * 60 + int(minutes)
    return whole * 60 + Fraction(seconds.replace(",", "."))
