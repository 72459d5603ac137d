"""Labels that contain the number of a rule."""

import re

import pytest

from figures.definitions import indicators
from reports.reference import read_standard_lines

PLACEHOLDER = re.compile(r"%\((\w+)\)s")


@pytest.mark.parametrize("indicator", indicators, ids=lambda indicator: indicator.key)
def test_every_placeholder_of_a_label_names_a_threshold(indicator):
    assert set(PLACEHOLDER.findall(str(indicator.label))) == set(indicator.label_values)


@pytest.mark.parametrize("line", read_standard_lines(), ids=lambda x: x["indicator"])
def test_a_printed_line_has_only_placeholders_of_its_indicator(line):
    names = set(PLACEHOLDER.findall(line["label"]))

    assert not names or names <= set(indicators.get(line["indicator"]).label_values)


def test_indicators_of_targets_have_no_number_in_their_label():
    """A target's page shows its indicator outside any month."""
    for_targets = [i for i in indicators if i.source.project is not None]

    assert [i.key for i in for_targets if i.label_values] == []
