"""The patterns by which tests recognize a message."""

import re

import pytest
from django.utils import translation

from members.errors import AlreadyCheckedIn
from organizations.errors import UnitEnded
from tests.messages import message, refusal_of, rule, rule_message, says


def test_a_constraint_is_recognized_by_its_message():
    text = f"× {rule_message('fund_name_once_per_organization')}"

    assert says(text, rule("fund_name_once_per_organization"))
    assert not says(text, rule("voucher_amount_above_zero"))


def test_a_constraint_that_does_not_exist_is_an_error():
    with pytest.raises(LookupError, match="no_such_rule"):
        rule("no_such_rule")


def test_a_refusal_is_recognized_with_any_or_with_given_parameters():
    text = f"{AlreadyCheckedIn(community='东社区')}"

    assert says(text, refusal_of(AlreadyCheckedIn))
    assert says(text, refusal_of(AlreadyCheckedIn, community="东社区"))
    assert not says(text, refusal_of(AlreadyCheckedIn, community="西社区"))
    assert not says(text, refusal_of(UnitEnded))


def test_only_a_refusal_has_a_pattern():
    with pytest.raises(TypeError, match="no refusal"):
        refusal_of(ValueError)


def test_a_message_is_recognized_by_its_id():
    with translation.override("zh-hans"):
        saved = message("Saved.")

    assert (saved, says("已保存。", saved)) == (re.escape("已保存。"), True)
