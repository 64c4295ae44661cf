"""Point a script's includes at another script, in its text."""

from __future__ import annotations

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from serguide.studio.session.yaml_places import composed, scalar


def point_includes(text: str, old: str, new: str) -> str:
    """Return a script's text in which every `include: old` names `new`."""
    found = sorted(_named(composed(text), old), key=lambda node: -int(node.start_mark.index))
    for node in found:
        start, end = node.start_mark.index, node.end_mark.index
        text = f"{text[:start]}{scalar(new)}{text[end:]}"
    return text


def _named(node: Node, name: str) -> list[ScalarNode]:
    found: list[ScalarNode] = []
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if key.value == "include" and isinstance(value, ScalarNode) and value.value == name:
                found.append(value)
            found += _named(value, name)
    elif isinstance(node, SequenceNode):
        for each in node.value:
            found += _named(each, name)
    return found
