"""What the labels of offices mean: indicators, bands, places, and who fills in."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from core.months import month_of, today
from figures.definitions import indicators
from organizations.models import Organization
from reports.enums import CellContent, CellPeriod
from reports.models import ReturnForm
from reports.returns.balance import CLOSING
from reports.returns.column_words import FIGURES
from reports.superior_forms.labels import key_of

OFFICIAL: dict[str, tuple[str, ...]] = {
    "members_closing": ("党员数", "党员人数", "党员总人数", "党员合计", "现有党员"),
    "members_women": ("女性", "女性党员"),
    "members_applicants": ("申请入党人数", "入党申请人数", "递交入党申请书人数"),
    "members_activists": ("积极分子", "入党积极分子人数"),
    "members_candidates": ("发展对象人数",),
    "members_developed": ("新发展党员数", "发展党员人数"),
    "members_became_full": ("转正", "按期转正", "预备党员转正"),
    "members_checked_in": ("在职党员报到人数", "报到党员数", "双报到党员数"),
    "meetings_held": ("会议次数", "三会一课次数"),
    "meetings_theme_days": ("主题党日次数", "主题党日活动", "主题党日活动次数"),
    "agreements_in_force": ("共建协议", "签订共建协议", "共建协议数", "签约单位数"),
    "population": ("常住人口", "人口数", "辖区人口", "人口"),
    "households": ("户数", "总户数"),
    "collective_income": ("村集体经济收入", "集体收入"),
    "income": ("经费收入", "收入金额"),
    "fund_balance": ("余额", "经费结余"),
}
"""Further words of the tables that superiors send, beside those of monthly returns."""
WHO, WHEN = "(?:填表|填报|制表|经办|报送)", "(?:填表|填报|制表|上报|报送|报出|报告)"
SAID_BESIDE = (
    (
        CellContent.PLACE,
        re.compile("^(填报|报送|上报|填表|报告)?(单位|党组织)(名称)?$"),
    ),
    (CellContent.PREPARER, re.compile(f"^{WHO}人(员|签名|姓名)?$")),
    (CellContent.DAY, re.compile(f"^{WHEN}(日期|时间)$")),
    (
        CellContent.MONTH,
        re.compile("^(所属|统计|填报|报送|报告)?(月份|报告期|时期|期间)$"),
    ),
)
TOTALS = re.compile("^(合计|总计|小计|总数|全街道|街道合计)$")


def content_of(label: str) -> CellContent | None:
    """Return what belongs beside a label such as 填报单位; None if it is another."""
    key = key_of(label)
    return next((c for c, words in SAID_BESIDE if words.match(key)), None)


def is_total(label: str) -> bool:
    """Whether a label heads a row or column of totals."""
    return bool(TOTALS.match(key_of(label)))


PLAIN = re.compile(
    "^(序号|数量|人数|数值|数字|本月|本期|当月|本月数|本期数|数|项目|指标|内容|其中|情况|指标名称|\\d*)$"
)
UNIT = re.compile("^(人|名|个|次|人次|户|项|件|场|篇|元|万元|小时|%)$")
CODE = re.compile(r"^[\d=+*/()\-]*$")
PERIODS = (
    (CellPeriod.MONTH, re.compile("^(本月|当月|本月数)$")),
    (CellPeriod.LAST_MONTH, re.compile("^(上月|上月数|上期|上期数)$")),
    (CellPeriod.YEAR_AGO, re.compile("^(上年|去年)(同期|同月|同期数)$")),
    (CellPeriod.QUARTER, re.compile("^(本季|本季度)(累计|合计|数)?$")),
    (
        CellPeriod.YEAR,
        re.compile("^((本年|全年|年度|本年度)(累计|合计|数)?|累计|累计数)$"),
    ),
)


def period_of_label(label: str) -> CellPeriod | None:
    """Return the time that a label names: 本年累计; None if it names none."""
    key = key_of(label)
    return next((period for period, words in PERIODS if words.match(key)), None)


def is_plain(label: str) -> bool:
    """Whether a label says nothing by itself: 数量, 本月."""
    return bool(PLAIN.match(key_of(label)))


def says_nothing(label: str) -> bool:
    """Whether a label leaves open of what a number is: 合计, 数量, 人, 本年累计.

    What is under it is of whatever stands over it; any other label names something.
    """
    key = key_of(label)
    return (
        is_total(label)
        or is_plain(label)
        or bool(UNIT.match(key) or CODE.match(key))
        or period_of_label(label) is not None
    )


class Vocabulary:
    """Labels by what they mean; a label that means two things means nothing here."""

    def __init__(self, organizations: Iterable[Organization]) -> None:
        month = month_of(today())
        self.indicators = self._read_indicators()
        self.bands: dict[str, set[tuple[str, str]]] = defaultdict(set)
        self.breakdowns: dict[str, str] = {}
        for breakdown in indicators.get(CLOSING).breakdowns:
            self.breakdowns[key_of(str(breakdown.label))] = breakdown.key
            for band in breakdown.bands(month):
                word = key_of(str(band.label))
                self.bands[word].add((breakdown.key, band.key))
        self.places: dict[str, set[int]] = defaultdict(set)
        for one in organizations:
            for name in (one.name, one.full_name, *_aliases(one)):
                self.places[key_of(name)].add(one.pk)

    def _read_indicators(self) -> dict[str, set[str]]:
        """Return the figures by words: labels, those of the return, those of sheets."""
        words: dict[str, set[str]] = defaultdict(set)
        for word, key in _spellings():
            if word and key in indicators:
                words[word].add(key)
        return dict(words)

    def indicator_of(self, labels: list[str]) -> str:
        """Return the figure that labels name, the nearest first; "" if none does.

        A label with the group over it goes before the label alone: 本月增加 转入. The
        group alone is meant only where the label says nothing by itself: 党员数 合计.
        """
        keys = [key_of(label) for label in labels]
        for first in range(len(keys)):
            for last in range(len(keys), first, -1):
                joined = "".join(reversed(keys[first:last]))
                found = self.indicators.get(joined, set())
                if len(found) == 1:
                    return next(iter(found))
            if not (says_nothing(labels[first]) or self.place_of(labels[first])):
                return ""  # it means another thing, two things, or one with its group
        return ""

    def band_of(self, labels: list[str]) -> tuple[str, str] | None:
        """Return the breakdown and band that labels name; None if none or several."""
        keys = [key_of(label) for label in labels]
        groups = {self.breakdowns[key] for key in keys if key in self.breakdowns}
        found = self.bands.get(keys[0], set()) if keys else set()
        chosen = {one for one in found if one[0] in groups} or found
        return next(iter(chosen)) if len(chosen) == 1 else None

    def place_of(self, label: str) -> int | None:
        """Return the place that a label names; None if none or several."""
        found = self.places.get(key_of(label), set())
        return next(iter(found)) if len(found) == 1 else None


def _spellings() -> Iterator[tuple[str, str]]:
    """Yield the words for each figure."""
    month = month_of(today())
    for indicator in indicators:
        yield key_of(indicator.label_in(month)), indicator.key
    form = ReturnForm.objects.in_force(month)
    for line in form.lines.all() if form else ():
        yield key_of(line.heading + line.label_in(month)), line.indicator
    for more in (FIGURES, OFFICIAL):
        for key, spellings in more.items():
            yield from ((key_of(one.replace("/", "")), key) for one in spellings)


def _aliases(organization: Organization) -> list[str]:
    return [alias.name for alias in organization.aliases.all()]
