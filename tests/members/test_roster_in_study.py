"""Who is still studying, or left without an end, has no such degree yet."""

import pytest

from tests.factories.exchange import HEADER, person, workbook
from tests.members.test_roster import only_plan, plan

__all__ = ["plan"]


def plan_education(plan, text):
    return only_plan(plan(workbook([person(1, 学历=text)], header=(*HEADER, "学历"))))


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("硕士研究生在读", "20"),
        ("研究生（在读）", "20"),
        ("硕士在读", "20"),
        ("在读硕士", "20"),
        ("博士研究生在读", "14"),
        ("在读博士", "14"),
        ("研究生未毕业", "20"),
    ],
)
def test_the_level_before_is_taken_of_those_who_study_for_the_next(plan, text, before):
    row_plan = plan_education(plan, text)

    assert row_plan.payload.values["education"] == before
    assert "education_in_study" in row_plan.flags
    assert text in row_plan.fields["education"]


@pytest.mark.parametrize(
    "text",
    ["专科在读", "本科在读", "在校大学生", "大学（未毕业）", "高中在读", "大专辍学"],
)
def test_a_first_level_that_is_not_completed_is_left_blank_and_said(plan, text):
    row_plan = plan_education(plan, text)

    assert "education" not in row_plan.payload.values
    assert "education_in_study" in row_plan.flags


@pytest.mark.parametrize(
    ("text", "code"),
    [("大学肄业", "23"), ("大学（肄业）", "23"), ("大专（结业）", "32")],
)
def test_how_a_level_ended_counts_in_brackets_as_well(plan, text, code):
    assert plan_education(plan, text).payload.values["education"] == code


@pytest.mark.parametrize("text", ["函授本科", "党校大专", "中专（高中）", "大学肄业"])
def test_the_preview_shows_what_was_made_of_other_words(plan, text):
    assert plan_education(plan, text).fields["education"].endswith(f"（{text}）")


@pytest.mark.parametrize("text", ["本科", "大专", "大学本科", "初中毕业", "研究生"])
def test_a_plain_level_needs_no_more_words(plan, text):
    row_plan = plan_education(plan, text)

    assert row_plan.payload.values["education"]
    assert "education" not in row_plan.fields
