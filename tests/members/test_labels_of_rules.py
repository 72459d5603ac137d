"""What a page says of a rule stays true when the street changes its number."""

import pytest
from django.urls import reverse
from django.utils import translation

from core.months import today
from members.development.steps import RULE_OF
from members.enums import AwayFor, DevelopmentStepKind
from members.forms.approval import STILL_PROBATIONARY
from members.groups import GROUPS
from organizations.actions import set_threshold
from organizations.enums import ThresholdKey

NUMBERS_OF_TIME = ("年度", "一年", "半年考察", "每年")


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["accounts:slips", "members:slips"])
def test_a_page_of_slips_says_how_long_they_are_good_by_the_rule(client, staff, name):
    client.force_login(staff)
    set_threshold(key=ThresholdKey.SLIP_HOURS, value=24, by=None, starts_on=today())

    page = client.get(reverse(name)).text

    assert "凭条 24 小时内有效" in page
    assert "72" not in page.partition("lead-line")[2][:200]


@pytest.mark.parametrize(
    "words",
    [
        DevelopmentStepKind.REVIEWED.label,
        AwayFor.REPORT_DUE.label,
        STILL_PROBATIONARY,
        *[one.care for one in GROUPS if one.key.startswith("mobile_")],
    ],
)
def test_words_beside_a_rule_name_no_number_of_their_own(words):
    assert RULE_OF[DevelopmentStepKind.REVIEWED].due is not None
    with translation.override("zh-hans"):
        said = str(words)

    assert not [number for number in NUMBERS_OF_TIME if number in said]
