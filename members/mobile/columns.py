"""Columns of registers of mobile members, and the remarks on their rows."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from core.text import StrOrPromise
from exchange.import_kinds import SheetColumn
from members.mobile.wording import fits_direction, fits_kind
from members.roster.columns import ROSTER
from members.roster.flags import FLAGS

PERSON = (
    *("name", "sex", "id_number", "birth_date", "ethnicity", "education"),
    *("join_date", "full_member_date", "member_type", "is_probationary"),
    *("phone", "landline", "address", "remark", "community", "branch"),
)
EITHER_BRANCH = (
    *("流出（入）党支部", "流入（出）党支部", "流出（入）党组织", "流入（出）党组织"),
    *("流出流入党支部", "流出或流入党支部", "流动党员所在党支部", "流出入支部"),
    *("原机构名称", "原机构", "原组织名称"),
)


def _person_columns() -> tuple[SheetColumn, ...]:
    """Return the roster's columns about the person; only the name is required."""
    columns = []
    for column in ROSTER:
        if column.field not in PERSON:
            continue
        words = column.words
        if column.field == "branch":
            words = (*EITHER_BRANCH, *words)
        required = column.field == "name"
        columns.append(replace(column, words=words, required=required))
    return tuple(columns)


REGISTER = (
    *_person_columns(),
    SheetColumn(
        "starts_on",
        (
            *("外出日期", "外出时间", "外出（流入）日期", "外出（流入）时间"),
            *("外出年月", "流出日期", "流出时间", "流入日期", "流入时间"),
            *("流动日期", "流动时间", "流出（入）日期", "流出（入）时间"),
            *("流入（出）时间", "外出流动时间", "外出流动日期", "外出起始时间"),
            *("外出开始时间", "流动起始时间", "流动开始时间", "离开时间", "何时外出"),
            *("外出起止时间", "外出起止日期", "流动起止时间", "流动起止日期"),
            *("外出起止年月", "流动起止年月", "起止时间", "起止日期", "起止年月"),
            *("流入流出日期", "流入流出时间", "流出流入日期", "流出流入时间"),
            *("外出流动开始日期", "外出流动开始时间", "外出流动起始日期"),
            *("外出流动起始时间", "外出开始日期", "外出起始日期", "流动开始日期"),
            *("流动起始日期", "流出开始日期", "流出开始时间", "流入开始日期"),
            *("何时流入", "何时流出", "何时离开", "何时流动", "何时到本地"),
        ),
        required=True,
    ),
    SheetColumn(
        "ends_on",
        (
            *("返回日期", "返回时间", "回流时间", "回流日期", "返乡时间", "流回时间"),
            *("返回本地时间", "外出返回时间", "流动结束时间", "外出结束时间"),
            *("外出流动结束日期", "外出流动结束时间", "外出结束日期", "流动结束日期"),
            *("外出返回日期", "外出流动返回日期", "流出结束日期", "流入结束日期"),
            *("结束流动日期", "结束流动时间", "终止流动日期", "终止流动时间"),
        ),
    ),
    SheetColumn(
        "direction",
        (
            *("流动类型", "流动方向", "流动类别", "流入流出", "流出/流入"),
            *("流入/流出", "流动情况", "流动性质", "流动党员类型", "流动党员类别"),
        ),
        fits=fits_direction,
    ),
    SheetColumn(
        "mobile_kind",
        (
            *("外出原因", "流动原因", "外出事由", "流动事由", "流出原因", "流入原因"),
            *("外出（流入）原因", "流动类型", "流动党员类型", "流动党员类别"),
            *("外出从业情况", "外出从事职业", "从事职业"),
            *("外出流动原因", "外出流动事由"),
        ),
        fits=fits_kind,
    ),
    SheetColumn(
        "destination",
        (
            *("外出流向", "流向", "流动去向", "外出去向", "外出地点", "外出地"),
            *("外出（流入）地点", "外出流动地点", "流动地点", "流入地", "流入地点"),
            *("务工地点", "务工地", "外出地址", "去向", "流出地点", "外出居住地"),
            *("流入地/流出地", "流出地/流入地", "流入流出地", "流出流入地"),
            *("流入（出）地", "流出（入）地", "现流入地"),
            *("外出流动流向", "外出流动去向", "外出流动地", "外出流动所在地"),
            *("外出务工情况/地点", "外出情况/地点", "流动情况/地点", "外出/地点"),
        ),
    ),
    SheetColumn(
        "certificate_number",
        (
            *("活动证编号", "活动证号", "活动证号码", "流动党员活动证编号"),
            *("流动党员活动证号", "流动党员活动证号码", "流动证编号", "流动证号"),
            *("流动党员证编号", "流动党员证号"),
        ),
    ),
    SheetColumn(
        "place_out",
        (
            "流出地",
            "流出地区",
            "流出地名称",
            "流出地址",
            "原流出地",
            "来自何地",
            "从何地流入",
        ),
    ),
    SheetColumn(
        "branch_out",
        (
            *("流出党支部", "流出地党支部", "流出支部", "流出党组织", "流出地党组织"),
            *("流出地党组织名称", "流出党组织名称", "原所在党支部", "原所在党组织"),
            *("流出地机构", "流出地机构名称", "流出机构"),
        ),
    ),
    SheetColumn(
        "branch_in",
        (
            *("流入党支部", "流入地党支部", "流入支部", "流入党组织", "流入地党组织"),
            *("流入地党组织名称", "流入党组织名称", "接收党支部", "接收党组织"),
            *("流入地机构", "流入地机构名称", "流入机构"),
        ),
    ),
)

REGISTER_FLAGS: dict[str, StrOrPromise] = {
    **FLAGS,
    "direction_asked": _("nothing says whether gone or come: answer above"),
    "direction_from_heading": _("gone or come is said by a heading or the title"),
    "direction_from_places": _("gone or come is said by the places of the row"),
    "direction_answered": _("gone or come is the answer of the person who uploaded"),
    "mobile_kind_asked": _("nothing says the kind of absence: answer above"),
    "mobile_kind_answered": _(
        "the kind of absence is the answer of the person who uploaded"
    ),
    "return_planned": _(
        "the period ends later than today: no return is recorded, only the departure"
    ),
    "home_elsewhere_asked": _(
        "the branch is none of this system or of another place: answer above"
    ),
    "home_elsewhere_answered": _(
        "the branch is recorded as where the person belongs, as answered"
    ),
    "month_only_asked": _("a day is known to the month only: answer above"),
    "month_only_answered": _(
        "known to the month only; the first day of the month is recorded, as answered"
    ),
    "unrecorded_asked": _("the person is not recorded here: answer above"),
    "unrecorded_answered": _("will be entered as a member, as answered"),
    "matched_by_name": _("found by name and branch; the sheet has no identity number"),
    "host": _("has come from elsewhere: checked in with the community, not counted"),
    "is_back_asked": _("the register says that the person is back: answer above"),
    "is_back_answered": _(
        "the register says that the person is back; the day of the import is recorded,"
        " as answered"
    ),
    "returned": _("the return is recorded"),
    "certificate_differs": _(
        "another activity certificate is on record and is kept: replace it on its page"
    ),
    "certificate_taken": _("the number of the activity certificate is recorded"),
    "absence_differs": _(
        "the kind of absence or the destination is recorded otherwise and is kept"
    ),
}
