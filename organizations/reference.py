"""Code lists and rule numbers that every installation begins with.

Installed after every `migrate`, only where missing: an office's changes stay.
"""

import csv
import datetime as dt
from pathlib import Path
from typing import Any

from core.db.reference import install_missing
from organizations.enums import ThresholdKey
from organizations.models import CodeItem, Threshold

DATA = Path(__file__).parent / "data"
CODE, LABEL = ("code", "key"), ("name_zh", "label_zh", "payer_zh")
EARLIEST = dt.date(2000, 1, 1)
BRANCH_RULES = "《中国共产党支部工作条例（试行）》第四条"
DEVELOPMENT_RULES = "《中国共产党发展党员工作细则》"
NUMBERS = {
    ThresholdKey.BRANCH_MAXIMUM: (50, BRANCH_RULES),
    ThresholdKey.BRANCH_MINIMUM: (3, BRANCH_RULES),
    ThresholdKey.RETURN_DUE_DAY: (5, ""),
    ThresholdKey.SLIP_HOURS: (72, ""),
    ThresholdKey.YOUNG_AGE: (35, "党内统计的年龄分组"),
    ThresholdKey.STREET_APPROVAL: (10_000, ""),
    ThresholdKey.CLAIMS_DAILY: (3, ""),
    ThresholdKey.SERVICE_OVERRUN: (30, ""),
    ThresholdKey.LETTER_DAYS_WITHIN: (10, ""),
    ThresholdKey.LETTER_DAYS_OUTSIDE: (30, ""),
    ThresholdKey.TRANSFER_DUE_MONTHS: (6, ""),
    ThresholdKey.EXCELLENT_SHARE: (3, "民主评议党员办法：优秀一般不超过三分之一"),
    ThresholdKey.APPRAISAL_DUE_FROM: (11, ""),
    ThresholdKey.APPRAISAL_DUE_UNTIL: (3, ""),
    ThresholdKey.TALK_MONTHS: (1, DEVELOPMENT_RULES),
    ThresholdKey.CULTIVATION_MONTHS: (12, DEVELOPMENT_RULES),
    ThresholdKey.REVIEW_MONTHS: (6, DEVELOPMENT_RULES),
    ThresholdKey.TRAINING_HOURS: (24, DEVELOPMENT_RULES),
    ThresholdKey.ADMITTING_MONTHS: (1, DEVELOPMENT_RULES),
    ThresholdKey.APPROVAL_MONTHS: (3, DEVELOPMENT_RULES),
    ThresholdKey.APPROVAL_MONTHS_AT_MOST: (6, DEVELOPMENT_RULES),
    ThresholdKey.PROBATION_MONTHS: (12, DEVELOPMENT_RULES),
    ThresholdKey.PROBATION_NOTICE: (3, ""),
    ThresholdKey.CERTIFICATE_MONTHS: (12, "流动党员每年至少向所在党组织汇报一次"),
    ThresholdKey.CERTIFICATE_LEAD_DAYS: (31, ""),
    ThresholdKey.FIRST_CONTACT_DAYS: (30, ""),
    ThresholdKey.YEARLY_REPORT_MONTHS: (12, "流动党员每年至少向所在党组织汇报一次"),
    ThresholdKey.INQUIRY_DAYS: (30, ""),
    ThresholdKey.LESSONS_A_QUARTER: (1, "各地做法不一，一般每季度一次"),
    ThresholdKey.THEME_DAYS_A_QUARTER: (3, "每月相对固定一天开展主题党日"),
    ThresholdKey.LEADER_AGE: (60, ""),
    ThresholdKey.LEADER_SCHOOLING: (70, "学历代码：70为初级中学"),
    ThresholdKey.REMARK_MONTHS: (12, ""),
    ThresholdKey.STUDY_ABROAD_MONTHS: (60, "《中国共产党党员教育管理工作条例》"),
}
LISTS = (
    "sex",
    "ethnic_groups",
    "education",
    "occupations",
    "org_sectors",
    "lost_contact_reasons",
    "age_bands",
    "join_periods",
    "office_age_bands",
    "post_categories",
    "skills",
    "admin_divisions",
    "transfer_causes",
    "document_kinds",
    "place_fact_kinds",
    "recruited_from",
    "reserve_levels",
    "candidate_traits",
    "pay_sources",
    "worker_grades",
    "cover_kinds",
    "filing_levels",
    "cadre_standings",
    "honour_levels",
    "interests",
    "request_sources",
    "request_kinds",
    "pledge_kinds",
    "remark_kinds",
    "visit_kinds",
    "facility_kinds",
)


def _items(name: str) -> list[CodeItem]:
    with (DATA / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return [_item(name, position, row) for position, row in enumerate(rows)]


def _item(name: str, position: int, row: dict[str, str]) -> CodeItem:
    code = next(row[column] for column in CODE if row.get(column))
    label = next(row[column] for column in LABEL if row.get(column))
    rest = {k: v for k, v in row.items() if k not in (*CODE, *LABEL, "parent_code")}
    return CodeItem(
        code_list=name,
        code=code,
        label=label,
        parent_code=row.get("parent_code") or "",
        position=position,
        attributes=rest,
    )


def install_reference_data(**_kwargs: Any) -> None:
    """Put the code lists and rule numbers in place where they are missing."""
    items = [item for name in LISTS for item in _items(name)]
    install_missing(items, by=("code_list", "code"))
    install_missing(
        (
            Threshold(key=key, value=value, basis=basis, starts_on=EARLIEST)
            for key, (value, basis) in NUMBERS.items()
        ),
        by=("key",),
    )
