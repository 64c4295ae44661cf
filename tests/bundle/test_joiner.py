from __future__ import annotations

import pytest

from serguide.bundle.page.joiner import joined


def test_modules_stand_before_those_that_need_them_each_once_in_its_own_scope():
    text = joined(
        {
            "main": 'import { a } from "./a.js";\nimport { b } from "./b.js";\n\na(b);\n',
            "a": 'import { b } from "./b.js";\n\nconst own = 1;\nexport const a = () => own;\n',
            "b": "const own = 2;\nexport function b() {}\nexport class C {}\n",
            "idle": "export const idle = 1;\n",
        },
        "main",
    )
    assert text.index("const $b") < text.index("const $a") < text.index("const $main")
    assert text.count("const $b = (() => {") == 1
    assert "return { b, C };" in text
    assert "const { b } = $b;" in text
    assert "idle" not in text
    assert "import" not in text
    assert "export" not in text


@pytest.mark.parametrize(
    "form",
    ["export default 1;", 'import "./b.js";', 'import * as b from "./b.js";', "export { a };"],
)
def test_another_form_is_refused_by_name(form):
    with pytest.raises(ValueError, match=r"main\.js"):
        joined({"main": form, "b": ""}, "main")


def test_a_circle_is_refused():
    modules = {
        "a": 'import { b } from "./b.js";\nexport const a = 1;',
        "b": 'import { a } from "./a.js";\nexport const b = 1;',
    }
    with pytest.raises(ValueError, match="a and b"):
        joined(modules, "a")
