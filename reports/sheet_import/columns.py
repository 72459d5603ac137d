"""Columns of monthly returns, by the indicators that they report."""

from django.utils.translation import gettext_lazy as _

from core.text import StrOrPromise
from exchange.import_kinds import SheetColumn

FIGURES: dict[str, tuple[str, ...]] = {
    "members_opening": (
        *(
            "党员队伍/上月末",
            "上月末",
            "上月末党员数",
            "上月末党员总数",
            "上月底党员数",
        ),
        *("期初党员数", "月初党员数", "上期末"),
    ),
    "members_developed": (
        *("本月增加/发展", "发展", "发展党员", "新发展党员", "发展党员数"),
        *("本月发展", "新发展", "本月发展党员数"),
    ),
    "members_in": ("本月增加/转入", "转入", "转入党员", "转入党员数", "本月转入"),
    "members_other_gain": ("本月增加/其他", "其他增加", "本月增加/其他增加"),
    "members_out": ("本月减少/转出", "转出", "转出党员", "转出党员数", "本月转出"),
    "members_died": ("本月减少/去世", "去世", "死亡", "去世党员", "本月去世"),
    "members_other_loss": ("本月减少/其他", "其他减少", "本月减少/其他减少"),
    "members_closing": (
        *("党员队伍/本月末", "本月末", "本月末党员数", "本月末党员总数", "月末党员数"),
        *("期末党员数", "本月底党员数", "党员总数", "现有党员数"),
    ),
    "members_women": ("其中/女", "女党员", "女", "女党员数"),
    "members_young": ("35岁以下", "35岁及以下", "35周岁以下", "35岁以下党员"),
    "members_mobile": ("其中/流动", "流动党员", "流动", "流动党员数"),
    "meetings_members": ("党员大会", "支部党员大会", "党员大会次数"),
    "meetings_committee": ("支委会", "支部委员会", "支委会次数", "支部委员会会议"),
    "meetings_lessons": ("党课", "党课次数", "上党课"),
    "posts_open": ("岗位数", "志愿服务岗位数", "发布岗位数"),
    "claims_made": ("认领人次", "岗位认领人次", "认领岗位人次"),
    "service_hours": ("服务时长", "志愿服务时长", "服务小时数"),
    "members_checked_in": ("在职党员报到", "在职党员报到数", "报到在职党员"),
    "targets_on_course": ("履约指标达标数", "达标指标数"),
    "spending": ("经费支出", "经费支出（万元）", "经费支出（元）", "支出", "支出金额"),
}
RETURN = (
    SheetColumn(
        "community",
        (
            *("社区", "社区名称", "村（社区）", "填报社区", "所在社区", "社区（村）"),
            *("填报单位", "报送单位", "单位", "单位名称", "党组织", "党组织名称"),
        ),
        required=True,
    ),
    SheetColumn("month", ("所属月份", "月份", "报告期", "统计月份", "报送月份")),
    *(SheetColumn(indicator, words) for indicator, words in FIGURES.items()),
)
RETURN_FLAGS: dict[str, StrOrPromise] = {
    "hidden_row": _("the row is hidden in the file"),
    "struck_row": _("the row is crossed out in the file"),
    "row_short": _("the row has fewer fields than the header"),
    "row_long": _("the row has more fields than the header"),
    "difference_asked": _("numbers differ from the computed ones: answer above"),
    "difference_answered": _("the reason of the difference is the answer above"),
    "computed_kept": _("the computed numbers are kept, as answered"),
    "fixed_differ": _("numbers of members and money follow the records, not the sheet"),
    "round_opened": _("the month is opened for returns"),
    "unchanged": _("nothing differs from the return"),
}
