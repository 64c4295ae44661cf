"""Join the page's modules into one script.

A page that is opened from a disk may not import anything: browsers give each local file an
origin of its own. So the modules stand in the page as one module, each in a scope of its own,
each after those that it imports from.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_IMPORT = re.compile(r'^import \{ (?P<names>[\w, ]+) \} from "\./(?P<module>\w+)\.js";$', re.M)
_EXPORT = re.compile(r"^export (?P<what>(?:async )?(?:function|class|const) (?P<name>\w+))", re.M)
_OTHER = re.compile(r"^(?:import|export)\b.*$", re.M)


def joined(modules: Mapping[str, str], main: str) -> str:
    """Return one module's text that does what the module `main` does.

    modules: texts by name. Imports must have the form `import { a, b } from "./name.js";` and
    exports stand before a function, class or const. Raises ValueError for any other form, and
    for modules that import one another in a circle.
    """
    parts: list[str] = []
    done: set[str] = set()

    def add(name: str, above: tuple[str, ...]) -> None:
        if name in above:
            raise ValueError(f"{name}.js imports itself, by way of {' and '.join(above)}")
        if name in done:
            return
        text = modules[name]
        for found in _IMPORT.finditer(text):
            add(found["module"], (*above, name))
        done.add(name)
        parts.append(_wrapped(name, text))

    add(main, ())
    return "\n".join(parts)


def _wrapped(name: str, text: str) -> str:
    exported = ", ".join(found["name"] for found in _EXPORT.finditer(text))
    body = _IMPORT.sub(lambda found: f"const {{ {found['names']} }} = ${found['module']};", text)
    body = _EXPORT.sub(lambda found: found["what"], body)
    if left := _OTHER.search(body):
        raise ValueError(f"{name}.js: this form is not joined: {left[0]}")
    # A $ keeps a module's name apart from the names inside modules.
    return f"const ${name} = (() => {{\n{body.rstrip()}\nreturn {{ {exported} }};\n}})();"
