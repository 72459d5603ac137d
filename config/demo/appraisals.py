"""Appraisals of a made-up community: one closed, one with grades still missing."""

import datetime as dt

from config.demo.life import CommunityStaff
from config.demo.names import People
from members.actions import close_appraisal, enter_grades, open_appraisal
from members.appraisals.due import list_owed_appraisals, year_due
from members.enums import Grade, NoGrade
from members.models import AppraisalRound
from organizations.models import Organization

BASIS = "组通字第40号（年度民主评议通知）"


def appraise(community: Organization, people: People, staff: CommunityStaff) -> None:
    """Appraise the members of the first branch, and begin with the second."""
    day = people.today - dt.timedelta(days=5)
    year = year_due(day) or day.year
    owed = list_owed_appraisals(staff.secretary, year)
    for number, branch in enumerate(owed[:2]):
        row = open_appraisal(
            branch.organization,
            year=year,
            held_on=day,
            basis=BASIS,
            by=staff.secretary,
        )
        _grade(row, staff)
        if number == 0:
            close_appraisal(row, by=staff.secretary)
            continue
        last = row.appraisals.to_grade().last()
        if last is not None:
            enter_grades(row, {last.pk: ""}, by=staff.secretary)


def _grade(row: AppraisalRound, staff: CommunityStaff) -> None:
    """Grade as many excellent as may be, others qualified, the absent not at all."""
    entries = list(row.appraisals.to_grade())
    best = row.most_excellent(len(entries))
    grades = {
        entry.pk: NoGrade.ELSEWHERE.value if entry.away else Grade.QUALIFIED.value
        for entry in entries
    }
    here = [entry.pk for entry in entries if not entry.away]
    grades |= dict.fromkeys(here[:best], Grade.EXCELLENT.value)
    enter_grades(row, grades, by=staff.secretary)
