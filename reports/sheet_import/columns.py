"""Columns of monthly returns, by the indicators that they report."""

from django.utils.translation import gettext_lazy as _

from core.text import StrOrPromise
from exchange.import_kinds import SheetColumn
from reports.returns.column_words import FIGURES

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
