"""Read the names of offices above a table: its own, and those that nobody knows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from organizations.models import Organization

ROSTER_WORDS = re.compile(
    "(全体|在册|所有)?(外出|流出|流入|流动|外来|在外)*(正式|预备)?((党员|人员)(基本)?(信息|情况)?)?"
    "(联系(方式|电话)|电话(号码)?|通[讯信])?"
    "(花?名[册单]|名单|(登记|管理|信息|统计|动态)*台[账帐]|底册|清单|一览表?|登记[表册]|统计表|信息[表库]|采集表|汇总表|明细表|通[讯信]录|[表录簿])?$"
)
BEFORE_NAMES = re.compile(
    r"^(附件?表?\d*[:：、.]?|\d{4}年(度)?(\d{1,2}月(份)?|[上下]半年|第[一二三四]季度)?"
    r"|\d+[_\-.、])+"
)
REPORTED_BY = re.compile(
    r"(?:填报|报送|填表|制表|上报)?(?:单位|党组织|党支部|支部|社区)(?:名称)?"
    r"\s*+(?:[(（][^()（）]*[)）])?\s*+[:：]\s*(\S+)"
)
BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
MAX_LINE_LENGTH = 60
SUFFIX = "(?:社区|街道|开发区|村|镇|乡)"
TERRITORY = re.compile(rf"[\u4e00-\u9fff]+?{SUFFIX}")
# What stands before a name in a title.
BEFORE_TERRITORY = re.compile(
    "^.*(?:中共|中国共产党|[年度月份])|^.*(?<![社小发])[省市县州区盟旗](?=..)"
)
# Words before 社区 or 村 that are no name: 在职党员到社区报到, 各社区, 所在村.
NO_NAME = re.compile(
    "党|员|报到|在职|服务|志愿|居住|所[在属]|联系|名单|名册|人口|城中|美丽|工作"
    f"|^[各到]|^[本全该我驻进入双和及与等或]?{SUFFIX}$"
)


def candidate_names(line: str) -> Iterator[str]:
    """Yield possible names of organizations in a title or a line above the table."""
    if match := REPORTED_BY.search(line):
        yield match[1]
        return
    bare = BEFORE_NAMES.sub("", "".join(BRACKETS.sub("", line).split()))
    yield ROSTER_WORDS.sub("", bare)


def territory_in(line: str) -> str:
    """Return the last community, village or street that a title or heading names."""
    bare = BRACKETS.sub("", "".join(line.split()))
    if len(bare) > MAX_LINE_LENGTH or re.search("[。；]", bare):
        return ""
    names = (BEFORE_TERRITORY.sub("", name) for name in TERRITORY.findall(bare))
    return next((n for n in reversed([*names]) if not NO_NAME.search(n)), "")


@dataclass(frozen=True, slots=True)
class Titles:
    """Names above a table: the organization, its branches, or one elsewhere.

    `unknown_name` is that of a community or village that is nowhere in the tree.
    """

    organization: Organization | None = None
    branches: tuple[Organization, ...] = ()
    foreign_name: str = ""
    unknown_name: str = ""

    @property
    def branch(self) -> Organization | None:
        """The branch, if exactly one is named."""
        return self.branches[0] if len(self.branches) == 1 else None
