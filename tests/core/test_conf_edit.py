"""Adding to ``conf.py``: only what was meant is added, or nothing is."""

from __future__ import annotations

import pytest

from policysite.authoring.conf_edit import CannotEditError, value_of, with_item

POLICY = '"terms": {\n    "contact": {},\n},'.removesuffix(",")


def test_an_item_of_several_lines_is_indented_like_the_others() -> None:
    conf = (
        '# Mine.\nPOLICIES = {\n    "privacy": {\n        "contact": {},  # us\n    },\n}\nx = 1\n'
    )
    assert with_item(conf, "POLICIES", POLICY) == (
        '# Mine.\nPOLICIES = {\n    "privacy": {\n        "contact": {},  # us\n    },\n'
        '    "terms": {\n        "contact": {},\n    },\n}\nx = 1\n'
    )


def test_line_ends_stay_those_of_the_file() -> None:
    conf = 'POLICIES = {\r\n    "privacy": {},\r\n}\r\n'
    assert with_item(conf, "POLICIES", POLICY) == (
        'POLICIES = {\r\n    "privacy": {},\r\n    "terms": {\r\n        "contact": {},\r\n    },\r\n}\r\n'
    )


def test_an_item_of_several_lines_goes_into_one_line_too() -> None:
    assert value_of(with_item('POLICIES = {"privacy": {}}\n', "POLICIES", POLICY), "POLICIES")


@pytest.mark.parametrize(
    "conf",
    [
        "",
        "POLICIES = dict(privacy={})\n",
        "POLICIES = {name: {} for name in ()}\n",
        'if True:\n    POLICIES = {"privacy": {}}\n',
        # What is added would be in the brackets.
        'POLICIES = {\n    "privacy": (\n        {}\n    ),\n}\n',
        'POLICIES = {"privacy": ({})}\n',
    ],
)
def test_what_would_say_something_else_is_refused(conf: str) -> None:
    with pytest.raises(CannotEditError) as caught:
        with_item(conf, "POLICIES", POLICY)
    assert caught.value.setting == "POLICIES"


@pytest.mark.parametrize("conf", ['LIST = [("a")]\n', 'LIST = [\n    ("a"),\n]\n'])
def test_nothing_is_added_inside_the_brackets_of_the_last_item(conf: str) -> None:
    with pytest.raises(CannotEditError):
        with_item(conf, "LIST", '"b"')


def test_the_last_of_several_settings_is_the_one() -> None:
    conf = 'LIST = ["a"]\nLIST = ["b"]\n'
    assert with_item(conf, "LIST", '"c"') == 'LIST = ["a"]\nLIST = ["b", "c"]\n'


def test_a_byte_order_mark_does_no_harm() -> None:
    assert with_item('\ufeffx = 1\nLIST = ["a"]\n', "LIST", '"b"') == (
        '\ufeffx = 1\nLIST = ["a", "b"]\n'
    )
