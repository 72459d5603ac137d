"""Tasks from above and feedback in a made-up city."""

import datetime as dt
from collections.abc import Mapping
from typing import TypeAlias

from accounts.models import User
from config.demo.life import CommunityStaff
from config.demo.names import People
from core.months import month_of, shift_month
from organizations.models import Organization
from reports.actions import (
    answer_feedback,
    finish_request,
    record_request,
    write_feedback,
)
from reports.models import SuperiorRequest

Task: TypeAlias = tuple[str, str, str, int, int | None]
TASKS: tuple[Task, ...] = (
    ("civil", "sheet", "低保家庭经济状况核对台账", 3, 180),
    ("statistics", "sheet", "人口抽样调查底册核对", 6, 300),
    ("organization", "material", "主题党日开展情况总结", 8, 120),
    ("emergency", "inspection", "消防安全专项检查", 10, None),
    ("politics", "survey", "矛盾纠纷排查", 12, 480),
    ("publicity", "online", "文明创建知识答题", 15, 40),
    ("health", "event", "健康义诊进社区", 18, 240),
    ("police", "survey", "出租房屋摸排", 20, 360),
    ("labour", "certificate", "灵活就业证明", 22, 30),
    ("street", "meeting", "基层治理工作例会", 24, 120),
)
"""Who asks for what, on which day of the month, and how many minutes it takes."""
WRITTEN = (
    (
        "流动党员台账导出后还要按区里的表头再整理一遍",
        "/members/",
        "已请区里统一表头，下月起用“上级报表”功能填写。",
    ),
    ("登记会议时缺席原因能不能多人一起选", "/meetings/", ""),
)
"""What a secretary misses, on which page, and what the street answers."""


def make_burden(
    communities: list[Organization],
    shown: Organization,
    filers: Mapping[int, User],
    staff_accounts: CommunityStaff,
    people: People,
) -> None:
    """Give the communities tasks in this month and the last, most of them done."""
    this_month = month_of(people.today)
    siblings = [one for one in communities if one.parent_id == shown.parent_id]
    for month in (shift_month(this_month, -1), this_month):
        for number, task in enumerate(TASKS):
            day = month.replace(day=task[3])
            if day <= people.today:
                asked = siblings if number % 3 == 0 else siblings[: 1 + number % 3]
                rows = _record(task, day, asked, staff_accounts.staff)
                _finish(rows, number, task[4], filers, people.today)
    for text, page, answer in WRITTEN:
        by = staff_accounts.secretary
        feedback = write_feedback(shown, text=text, page=page, by=by)
        if answer:
            answer_feedback(feedback, answer=answer, by=staff_accounts.staff)


def _record(
    task: Task, day: dt.date, asked: list[Organization], by: User
) -> list[SuperiorRequest]:
    source, kind, title, _day, _minutes = task
    return record_request(
        asked,
        source=source,
        kind=kind,
        title=title,
        received_on=day,
        due_on=day + dt.timedelta(days=7),
        by=by,
    )


def _finish(
    rows: list[SuperiorRequest],
    number: int,
    minutes: int | None,
    filers: Mapping[int, User],
    today: dt.date,
) -> None:
    """Finish the tasks after five days; each community leaves one in five undone."""
    for row in rows:
        done_on = row.received_on + dt.timedelta(days=5)
        if done_on <= today and (number + row.organization_id) % 5:
            by = filers[row.organization_id]
            finish_request(row, done_on=done_on, minutes=minutes, by=by)
