"""Steps of a session that name a part: they name its copy, once the part is changed."""

from __future__ import annotations

from typing import Any

from serguide.base.errors import SerguideError
from serguide.studio.shelf.library_places import own_file
from serguide.studio.studio import Studio
from serguide.studio.wording.cue_lines import end_of
from serguide.studio.wording.yaml_scalars import inline_scalar


def name_copy(studio: Studio, session: str, old: str, new: str) -> bool:
    """Have a session of the therapist's own use a copy; tell whether it does.

    A session that is ready made, or that cannot be changed just now, stays as it is.
    """
    path = own_file(studio, session)
    if path is None:
        return False
    try:
        read = studio.files.read(path)
        text = with_step_named(read.text, old, new)
        if text == read.text:
            return False
        studio.files.save(path, text, read.version, "words")
    except SerguideError:
        return False
    return True


def with_step_named(text: str, old: str, new: str) -> str:
    """Return a session's text in which its steps and its way back name another part."""
    from ruamel.yaml import YAML

    root = YAML(typ="safe", pure=True).compose(text)
    if root is None or not root.tag.endswith(":map"):
        return text
    keys = {key.value: value for key, value in root.value}
    named: list[Any] = []
    steps = keys.get("steps")
    for step in steps.value if steps is not None and steps.tag.endswith(":seq") else []:
        named += [step] if step.tag.endswith(":str") else [key for key, _ in step.value]
    named += [keys["ground"]] if "ground" in keys else []
    for node in sorted(named, key=lambda each: -int(each.start_mark.index)):
        if node.value == old:
            start = node.start_mark.index
            text = text[:start] + inline_scalar(new) + text[end_of(text, node) :]
    return text
