"""The types of sheet about people beside the members: relatives, arrivals."""

import re

from django.utils.translation import gettext_lazy as _

from exchange.sheet_types import SheetType

NO_MEMBERS = _("It does not say that the people on it are Party members.")
LISTS = "花?名册|名单|人员|成员|台账|一览表?|(信息|情况|登记|统计|汇总|明细)表?|表$"

RELATIVES = SheetType(
    "relatives",
    _("list of members' relatives"),
    re.compile(
        "党员(的)?(直系|近)?(子女|家属|亲属|配偶|遗属|父母|家庭成员|家庭档案).*"
    ),
    strong=re.compile("与党员(本人)?(的)?关系|党员(家长|父母|亲属|家属)|^家长姓名"),
    refusal=NO_MEMBERS,
    outranks_title=True,
)
# A title of arrivals is one of members' check-ins where it says so, or says nothing
# else than the organization.
BARE_CHECK_IN = (
    "(\\d{4}年度?)?([^到向进]{1,8}(社区|街道|村|镇|乡))?[向到进]?(社区)?报到"
    f"(人员)?({LISTS}|登记|情况|统计|汇总)*$"
)
ARRIVALS = SheetType(
    "arrivals",
    _("list of people who report for studies, work or care"),
    re.compile(
        "^(?=.*(报到|[进到]社区))(?!.*(党员|双报到|双联系|在职人员|党组织|§))"
        f"(?!{BARE_CHECK_IN}).*$"
    ),
    refusal=NO_MEMBERS,
    names_missing=True,
)
