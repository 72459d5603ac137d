"""No text can make a pattern try exponentially many ways to match."""

import importlib
import pkgutil
import re
from re import _parser as parser  # the parse tree has no public name

import pytest
from django.apps import apps

REPEATS = (parser.MAX_REPEAT, parser.MIN_REPEAT)
MANY = 20


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
