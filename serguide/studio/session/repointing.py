"""Point what draws a script in at another one, in its text: includes, steps, the way back."""

from __future__ import annotations

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from serguide.studio.session.step_lines import read_steps, rename_step
from serguide.studio.session.yaml_keys import set_key
from serguide.studio.session.yaml_places import composed, pair_of, scalar


def point_includes(text: str, old: str, new: str) -> str:
    """Return a script's text in which every `include: old` names `new`."""
    found = sorted(_named(composed(text), old), key=lambda node: -int(node.start_mark.index))
    for node in found:
        start, end = node.start_mark.index, node.end_mark.index
        text = f"{text[:start]}{scalar(new)}{text[end:]}"
    return text


def point_session(text: str, old: str, new: str) -> str:
    """Return a session's text whose steps and way back name `new` where they named `old`."""
    steps = read_steps(text)
    for index, place in enumerate(steps.places):
        if steps.chunks[place].name == old:
            steps = rename_step(steps, index, new)
    ground = pair_of(composed(text), "ground")
    back = ground is not None and isinstance(ground[1], ScalarNode) and ground[1].value == old
    return set_key(steps.text, ("ground",), new) if back else steps.text


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
