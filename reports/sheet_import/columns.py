"""Columns of monthly returns, by the indicators that they report."""

import re

from django.utils.translation import gettext_lazy as _

from core.text import StrOrPromise
from exchange.import_kinds import SheetColumn
from reports.returns.column_words import FIGURES

# Beside the figure of a month stand those of other times, and plans for it.
OTHER_TIME = re.compile(
    "^.*(累计|累积|全年|(?<!每)年度|上年|去年|往年|同期|同比|环比|增减|增幅|上月(?![末底])|上期(?!末)|上个月|下月|(?<!每)季度?|半年|近[一二三四五六七八九十几\\d]+个?[月年天日]|率$|率[)）]|占比|比例|百分|计划|目标|应(开|完成)|任务"
    "|\\d+月?[-—–~至到]\\d+月|历年|至今).*"
)
THIS_MONTH = re.compile(
    "本月|当月|本期|本月[次人]?数|当月[次人]?数|本期[次人]?数|实际|实际完成|完成|已完成|完成数|实绩|\\d{1,2}月(份)?"
)

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
    *(
        SheetColumn(indicator, words, another=OTHER_TIME, itself=THIS_MONTH)
        for indicator, words in FIGURES.items()
    ),
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
    "month_column": _("of several columns that of the month is read"),
    "unchanged": _("nothing differs from the return"),
}
