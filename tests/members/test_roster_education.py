"""The form of corrections can show every value that a sheet writes."""

from importlib import import_module
from itertools import zip_longest

import pytest
from django.apps import apps
from django.urls import reverse

from exchange.import_kinds import Verdict
from members.enums import Category, Standing
from members.fields import education_levels, ethnic_groups
from members.models import Member
from members.roster.education import find_education
from organizations.queries import code_items
from tests.factories.exchange import HEADER, person, workbook
from tests.factories.members import MemberFactory, identity_number
from tests.members.test_roster import KIND, only_plan, plan

__all__ = ["plan"]

LEVELS = {
    "博士": "11",
    "博士研究生": "11",
    "硕士": "14",
    "硕士研究生毕业": "14",
    "研究生": "10",
    "本科": "20",
    "大学": "20",
    "大学本科": "20",
    "全日制本科": "20",
    "本科毕业": "21",
    "大学本科肄业": "23",
    "大专": "30",
    "大学专科": "30",
    "专科结业": "32",
    "中专": "41",
    "中等专科": "41",
    "职高": "44",
    "技校": "47",
    "高中": "60",
    "普通高中毕业": "61",
    "初中": "70",
    "小学": "80",
    "小学文化": "80",
    "文盲": "90",
}
OPTIONAL = (
    *("education", "ethnicity", "standing", "category", "join_date"),
    *("full_member_date", "address", "landline", "remark", "name"),
    *("join_precision", "full_member_precision"),
)


def accepted_values():
    """Yield rows that have, together, each kind of value that a roster accepts.

    The two longest lists go side by side: a page for each row is what takes time.
    """
    levels = [*LEVELS, *(label for _code, label in code_items("education"))]
    groups = [label for label, _text in ethnic_groups() if label]
    for level, group in zip_longest(levels, groups):
        both = {"学历": level, "民族": group}
        yield {column: value for column, value in both.items() if value is not None}
    yield from ({"党员类别": str(label)} for label in Standing.labels)
    yield from ({"管理类别": str(label)} for label in Category.labels)
    yield from ({"入党时间": day} for day in ("2005.07.01", "2005年7月"))
    yield from ({"转正时间": day} for day in ("2006.07.01", "2006年7月"))
    yield {"备注": "转入", "家庭住址": "桂花路1号", "固定电话": "0300-85559915"}


def saved_unchanged(browser, member):
    """Send the form of corrections as it is, and return the member's values."""
    url = reverse("members:change", args=[member.pk])
    form = browser.get(url).context["form"]
    browser.post(url, {name: form[name].value() or "" for name in form.fields})
    return Member.objects.values(*OPTIONAL).get(pk=member.pk)


@pytest.mark.django_db
def test_every_value_that_a_sheet_writes_the_form_of_corrections_keeps(
    plan, browser, secretary
):
    cases = list(accepted_values())
    header = dict.fromkeys((*HEADER, *(column for case in cases for column in case)))
    rows = []
    for number, case in enumerate(cases):
        row = person(number, **case)
        if case.get("党员类别") == Standing.PROBATIONARY.label:
            row["转正时间"] = None
        rows.append(row)
    outcome = plan(workbook(rows, header=tuple(header)))
    assert {row.verdict for row in outcome.plans} == {Verdict.CREATE}
    KIND.commit(outcome.plans, by=secretary)

    lost = {}
    for number, case in enumerate(cases):
        member = Member.objects.get(name=person(number)["姓名"])
        before = Member.objects.values(*OPTIONAL).get(pk=member.pk)
        if (after := saved_unchanged(browser, member)) != before:
            lost[number] = (case, before, after)
        form_values = {code for code, _label in education_levels()}
        assert member.education in form_values
    assert lost == {}


@pytest.mark.django_db
@pytest.mark.parametrize(("words", "code"), LEVELS.items())
def test_levels_of_education_are_read_as_codes(words, code):
    assert find_education(words, dict(code_items("education"))) == code


@pytest.mark.parametrize("words", ["不详", "初中以下", "好", "大"])
def test_unknown_education_is_flagged_and_left_blank(plan, words):
    row = person(1, 学历=words)

    row_plan = only_plan(plan(workbook([row], header=(*HEADER, "学历"))))

    assert row_plan.flags == ["education_unread"]
    assert "education" not in row_plan.payload.values


def test_a_vaguer_level_does_not_overwrite_an_exact_one(plan, branch):
    row = {"姓名": "张一", "身份证号码": identity_number(1), "学历": "本科"}
    MemberFactory(
        name="张一",
        id_number=identity_number(1),
        organization=branch,
        education="21",
    )

    row_plan = only_plan(
        plan(workbook([row], header=tuple(row), above=["东社区党员学历表"]))
    )

    assert row_plan.verdict == Verdict.UNCHANGED


def test_a_change_of_education_is_shown_in_words(plan, branch):
    row = {"姓名": "张一", "身份证号码": identity_number(1), "学历": "大专毕业"}
    MemberFactory(
        name="张一",
        id_number=identity_number(1),
        organization=branch,
        education="61",
    )

    row_plan = only_plan(
        plan(workbook([row], header=tuple(row), above=["东社区党员学历表"]))
    )

    assert row_plan.changes == {"学历": ("普通高中毕业", "大学专科毕业")}


@pytest.mark.django_db
def test_education_in_words_becomes_codes_without_loss(branch):
    words = {1: "大专", 2: "61", 3: "", 4: "夜校", 5: "夜校", 6: "夜校"}
    remarks = {5: "转入", 6: "长" * 199}
    for number, text in words.items():
        member = MemberFactory(organization=branch, id_number=identity_number(number))
        Member.objects.filter(pk=member.pk).update(
            education=text, remark=remarks.get(number, "")
        )

    import_module("members.migrations.0003_education_codes").read_words_as_codes(
        apps, None
    )

    assert list(Member.objects.order_by("pk").values_list("education", "remark")) == [
        ("30", ""),
        ("61", ""),
        ("", ""),
        ("", "学历：夜校"),
        ("", "转入；学历：夜校"),
        ("夜校", remarks[6]),
    ]
