"""No text can make a pattern try exponentially many ways to match."""

import ast
import importlib
import pkgutil
import re
from pathlib import Path
from re import _parser as parser  # the parse tree has no public name

import pytest
from django.apps import apps

REPEATS = (parser.MAX_REPEAT, parser.MIN_REPEAT)
MANY = 20
LONG = 100


def own_modules():
    """The modules of the project, migrations and settings apart."""
    names = ["sheets", "core", *(config.name for config in apps.get_app_configs())]
    for name in dict.fromkeys(names):
        package = importlib.import_module(name)
        if "site-packages" in str(package.__file__):
            continue
        for found in pkgutil.walk_packages(package.__path__, f"{name}."):
            if ".migrations" not in found.name and name != "config":
                yield importlib.import_module(found.name)


def patterns_in(value):
    """The compiled patterns of a value, and those of the lists and mappings in it."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, list | tuple | set | frozenset):
        for item in value:
            yield from patterns_in(item)
    elif isinstance(value, dict):
        yield from patterns_in([*value, *value.values()])


def parts_of(item):
    """The sequences inside one item of a parse tree, however they are nested."""
    if isinstance(item, parser.SubPattern):
        yield item
    elif isinstance(item, list | tuple):
        for part in item:
            yield from parts_of(part)


def is_repeated_often(operator, value):
    return operator in REPEATS and value[1] > MANY


def is_one_repetition(sequence):
    """Whether a way through the sequence is nothing but one open repetition."""
    needed = [
        (operator, value)
        for operator, value in sequence
        if not (operator in REPEATS and value[0] == 0)
    ] or list(sequence)
    if len(needed) != 1:
        return False
    operator, value = needed[0]
    if is_repeated_often(operator, value):
        return True
    return any(is_one_repetition(part) for part in parts_of(value))


def repeats_a_repetition(sequence):
    """Whether the pattern has something like `(a+|b)*`, which matches in 2ⁿ ways."""
    return any(
        (is_repeated_often(operator, value) and is_one_repetition(value[2]))
        or any(repeats_a_repetition(part) for part in parts_of(value))
        for operator, value in sequence
    )


@pytest.mark.parametrize("pattern", [r"(a+|b)*c", r"x(?:\s+)+", r"((a*)b?)+$"])
def test_a_repeated_repetition_is_found(pattern):
    assert repeats_a_repetition(parser.parse(pattern))


@pytest.mark.parametrize("pattern", [r"(a|b)*c", r"(?:\d+,)*\d+", r"(ab?)+"])
def test_a_repetition_with_a_beginning_of_its_own_is_none(pattern):
    assert not repeats_a_repetition(parser.parse(pattern))


def test_no_pattern_repeats_a_repetition():
    faults = {
        f"{module.__name__}.{name}: {pattern.pattern}"
        for module in own_modules()
        for name, value in vars(module).items()
        for pattern in patterns_in(value)
        if repeats_a_repetition(parser.parse(pattern.pattern, pattern.flags))
    }
    assert not faults, faults


BLANK = ord(" ")


def may_be_blank(operator, value):
    """Whether an item of one character may be a blank."""
    if operator is parser.IN:
        negated = value[0][0] is parser.NEGATE
        return negated != any(may_be_blank(*one) for one in value if one[1])
    if operator is parser.LITERAL:
        return value == BLANK
    if operator is parser.NOT_LITERAL:
        return value != BLANK
    if operator is parser.RANGE:
        return value[0] <= BLANK <= value[1]
    if operator is parser.CATEGORY:
        return value in {
            parser.CATEGORY_SPACE,
            parser.CATEGORY_NOT_DIGIT,
            parser.CATEGORY_NOT_WORD,
        }
    return operator is parser.ANY


def repeats_blanks(operator, value):
    """Whether an item is an open repetition that takes blanks, and may give back."""
    return (
        operator in REPEATS
        and value[1] > LONG
        and (len(value[2]) == 1 and may_be_blank(*value[2][0]))
    )


def may_be_nothing(operator, value):
    if operator is parser.SUBPATTERN:
        return all(may_be_nothing(*one) for one in value[3])
    return operator in REPEATS and value[0] == 0


def shares_blanks(sequence):
    """Whether two repetitions take the same blanks: they do it in as many ways."""
    before = False
    for operator, value in sequence:
        inner = list(value[3]) if operator is parser.SUBPATTERN else []
        begins = repeats_blanks(operator, value) or (
            inner and repeats_blanks(*inner[0])
        )
        if before and begins:
            return True
        ends = repeats_blanks(operator, value) or (inner and repeats_blanks(*inner[-1]))
        before = bool(ends) or (before and may_be_nothing(operator, value))
        if any(shares_blanks(part) for part in parts_of(value)):
            return True
    return False


def starts_anew_at_every_blank(sequence):
    """Whether a search tries a run of blanks again from each blank in it."""
    items = list(sequence)
    while items and items[0][0] is parser.SUBPATTERN:
        items = [*items[0][1][3], *items[1:]]
    if len(items) < 2 or items[0][0] not in (*REPEATS, parser.POSSESSIVE_REPEAT):
        return False
    _least, most, inside = items[0][1]
    return most > LONG and len(inside) == 1 and may_be_blank(*inside[0])


def searches_of(module):
    """The names with which a module does something else than match from a start."""
    tree = ast.parse(Path(module.__file__).read_text())
    matched = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in {"match", "fullmatch"}
    }
    return {
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name)
        and isinstance(node.ctx, ast.Load)
        and id(node) not in matched
    }


SHORT = {
    "sheets.read.group_headings.LEVELS": "matched from the beginning, in a loop",
    "core.names.DOTS": "runs of blanks are one blank by then",
    "core.names.DOT_IN_CHINESE": "runs of blanks are one blank by then",
}
"""What starts anew at every blank, and why there is never more than one."""


@pytest.mark.parametrize(
    "pattern", [r"a\s*[_ ]*b", r"x\s*(\d\s*)?\s*y", r"[^a]+\s+b", r"(a\s+)\s*b"]
)
def test_two_repetitions_of_the_same_blanks_are_found(pattern):
    assert shares_blanks(parser.parse(pattern))


@pytest.mark.parametrize("pattern", [r"a\s*b\s*c", r"a[ \t]*+\s*b", r"a\s*\d+\s*b"])
def test_repetitions_with_something_between_them_share_none(pattern):
    assert not shares_blanks(parser.parse(pattern))


@pytest.mark.parametrize("pattern", [r"\s*年", r"([\s_]*)年", r"\s*+年", r"[^a]+年"])
def test_a_search_that_begins_with_blanks_is_found(pattern):
    assert starts_anew_at_every_blank(parser.parse(pattern))


@pytest.mark.parametrize("pattern", [r"(?<!\s)\s*+年", r"年\s*", r"\s+", r"^\s*年"])
def test_a_search_that_begins_once_in_a_run_of_blanks_is_none(pattern):
    assert not starts_anew_at_every_blank(parser.parse(pattern))


def patterns_by_name():
    for module in own_modules():
        for name, value in vars(module).items():
            for pattern in patterns_in(value):
                yield module, name, parser.parse(pattern.pattern, pattern.flags)


def test_no_pattern_lets_two_repetitions_share_blanks():
    faults = {
        f"{module.__name__}.{name}"
        for module, name, parsed in patterns_by_name()
        if shares_blanks(parsed)
    }
    assert sorted(faults) == []


def test_no_search_starts_anew_at_every_blank():
    faults = {
        f"{module.__name__}.{name}"
        for module, name, parsed in patterns_by_name()
        if starts_anew_at_every_blank(parsed) and name in searches_of(module)
    }
    assert sorted(faults - set(SHORT)) == []
