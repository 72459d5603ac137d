"""What the community said before an honour is seen with the honour (S0-25)."""

import datetime as dt

import pytest
from django.urls import reverse

from communities.actions import record_honour
from communities.models import Honour
from core.months import today
from core.registries.invariants import invariants
from members.actions import answer_opinion
from members.models import OpinionRequest
from organizations.roles import Role
from tests.factories.accounts import holder
from tests.factories.members import MemberFactory
from tests.factories.opinions import OpinionRequestFactory

pytestmark = pytest.mark.django_db
HONOUR = {"name": "优秀共产党员", "level": "street", "issuer": "街道党工委"}
LIST = reverse("communities:honours")


@pytest.fixture
def luo(branch):
    return MemberFactory(name="罗文", organization=branch)


@pytest.fixture
def browser(enter, secretary):
    return enter(secretary)


def said(about, opinion):
    row = OpinionRequestFactory(about=about)
    return answer_opinion(row, opinion=opinion, reasons="未参加活动", by=None)


def honoured(member, **values):
    return record_honour(
        member, **{**HONOUR, "awarded_on": today(), "by": None, **values}
    )


def page_of(browser, row):
    return browser.get(row.get_absolute_url()).content.decode()


def column(browser):
    table = browser.get(LIST).context["table"]
    return {
        str(row.record.honoured): str(row.get_cell("opinion_before"))
        for row in table.rows
    }


@pytest.mark.mission("S0-25")
def test_the_form_of_an_honour_preselects_what_the_community_said(browser, luo):
    row = said(luo, "disagrees")
    path = reverse("communities:honour_member", args=[luo.pk])

    form = browser.get(path).context["form"]
    assert form["opinion"].value() == row.pk
    unsaid = browser.post(path, {**HONOUR, "awarded_on": f"{today()}", "opinion": ""})

    assert "opinion" in unsaid.context["form"].errors
    assert not Honour.objects.exists()


@pytest.mark.mission("S0-25")
def test_an_honour_that_refers_to_no_opinion_says_that_one_was_given(browser, luo):
    said(luo, "disagrees")
    path = reverse("communities:honour_member", args=[luo.pk])

    sent = {**HONOUR, "awarded_on": f"{today()}", "opinion": "none"}
    assert browser.post(path, sent).status_code == 302

    honour = Honour.objects.get()
    page = page_of(browser, honour)
    assert honour.opinion is None
    assert "未征求意见" not in page
    assert "表彰未引用" in page
    assert "不同意" in page
    assert "未参加活动" in page
    assert column(browser) == {"罗文": "不同意（未引用）"}


def test_a_question_without_an_answer_is_seen_with_the_honour(browser, luo):
    row = OpinionRequestFactory(about=luo)
    honour = honoured(luo)
    assert "表彰未引用" in page_of(browser, honour)
    assert column(browser) == {"罗文": "待答复（未引用）"}

    row.case.due_on = today() - dt.timedelta(days=1)
    row.case.opened_on = today() - dt.timedelta(days=20)
    row.case.save()

    assert column(browser) == {"罗文": "未答复（逾期，不视为同意）（未引用）"}


def test_the_list_of_honours_has_what_was_said_in_a_column(browser, luo, branch):
    honoured(luo, opinion=said(luo, "disagrees"))
    agreed = MemberFactory(name="孙同意", organization=branch)
    honoured(agreed, opinion=said(agreed, "agrees"))
    unasked = MemberFactory(name="赵未问", organization=branch)
    honoured(unasked)
    asked_twice = MemberFactory(name="钱两问", organization=branch)
    said(asked_twice, "reserves")
    honoured(asked_twice, opinion=said(asked_twice, "agrees"))
    honoured(branch)

    assert column(browser) == {
        "罗文": "不同意",
        "孙同意": "同意",
        "赵未问": "未征求意见",
        "钱两问": "同意（另有未引用：保留意见）",
        branch.name: "—",
    }
    page = page_of(browser, Honour.objects.get(member=asked_twice))
    assert "另征求过的意见（表彰未引用）" in page


def test_what_another_honour_refers_to_is_not_passed_over(browser, luo):
    honoured(luo, opinion=said(luo, "disagrees"))
    later = honoured(luo, name="先进个人")

    assert "未征求意见" in page_of(browser, later)


def test_what_was_asked_after_the_day_of_the_honour_was_not_asked_before(browser, luo):
    said(luo, "disagrees")
    honour = honoured(luo, awarded_on=today() - dt.timedelta(days=1))

    assert "未征求意见" in page_of(browser, honour)
    assert column(browser) == {"罗文": "未征求意见"}


def test_a_branch_secretary_reads_that_one_was_asked_and_not_what_was_said(
    enter, luo, branch
):
    browser = enter(holder(Role.BRANCH_SECRETARY, branch))
    honour = honoured(luo, opinion=said(luo, "disagrees"))

    page = page_of(browser, honour)
    assert "不同意" not in page
    assert "未征求意见" not in page
    assert column(browser) == {"罗文": "已征求意见"}


def test_verify_finds_honours_with_an_opinion_about_somebody_else(luo, branch):
    honour = honoured(luo, opinion=said(luo, "agrees"))
    invariant = invariants.get("communities.opinions_before")
    assert list(invariant.broken()) == []

    other = MemberFactory(organization=branch)
    OpinionRequest.objects.filter(pk=honour.opinion_id).update(member=other)

    assert list(invariant.broken()) == [f"honour {honour.pk}"]
