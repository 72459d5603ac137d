"""Documents and publications of a made-up city: rules, a paper from above, news."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from config.demo.life import CommunityStaff
from core.months import today
from exchange.actions import approve_publication, draft_publication, enter_document
from exchange.enums import PublicationKind
from exchange.models import Document
from organizations.actions import record_fact
from organizations.models import Organization
from organizations.queries import street_above

RULES = """第一条　书记主持支部全面工作，每月召集一次支部委员会会议。
第二条　重大事项由集体讨论，到会委员超过半数方可开会。
第三条　会议决定的事项，由委员分工落实，下次会议通报办理情况。
第四条　支部工作接受党员和群众监督。"""
CIRCULAR = """各社区党组织：
请组织在职党员到居住地社区报到，认领服务岗位。报到情况按月上报。"""
POWERS = """一、对职能部门派驻人员的考核建议权。
二、社区规划的参与权和综合管理权。
三、社区党建经费的使用建议权。"""
NUMBERS = {"superior": 12, "delegation": 7, "rule": 3, "plan": 1}
NEWS = """社区党群服务中心自本月起延长开放时间，工作日开放至晚上八点，
周末开放至下午五点。欢迎居民前来看书、议事、办事。"""


def make_documents(community: Organization, staff_accounts: CommunityStaff) -> None:
    """Give the shown community its rules and news, and a paper of the street's."""
    first = today().replace(month=1, day=1)
    street = street_above(community) or community
    _enter(street, "superior", "关于组织在职党员到社区报到的通知", CIRCULAR, first)
    _enter(street, "delegation", "赋予社区党组织职权清单", POWERS, first)
    rules = _enter(community, "rule", "社区党委议事规则", RULES, first)
    _enter(community, "plan", "本年度党建工作要点", "一、抓实组织生活。", first)
    for kind, title, text, audience, document in (
        (PublicationKind.RULE, rules.title, RULES, "public", rules),
        (PublicationKind.NOTICE, "服务中心延长开放时间", NEWS, "public", None),
        (
            PublicationKind.NOTICE,
            "退休党员健康讲座",
            "本周五上午九点，在社区活动室举办健康讲座。",
            "members.retired",
            None,
        ),
    ):
        draft = draft_publication(
            community,
            kind=kind,
            title=title,
            text=text,
            document=document,
            audience=audience,
            on_wall=kind == PublicationKind.RULE,
            starts_on=first,
            by=staff_accounts.secretary,
        )
        approve_publication(draft, by=staff_accounts.staff)


def _enter(
    organization: Organization, kind: str, title: str, text: str, day: dt.date
) -> Document:
    return enter_document(
        organization,
        kind=kind,
        title=title,
        number=f"{organization.name[:2]}党〔{day.year}〕{NUMBERS[kind]}号",
        text=text,
        issued_on=day,
        starts_on=day,
        handed_down=kind in {"superior", "delegation"},
        by=None,
    )


COUNTED = (("population", 6_800, "派出所"), ("households", 2_600, "网格员"))
YEARS = 3


def make_facts(communities: Sequence[Organization]) -> None:
    """Give every community its people and households of some years, and an income."""
    new_year = today().replace(month=1, day=1)
    for position, community in enumerate(communities):
        for ago in range(YEARS):
            day = new_year.replace(year=new_year.year - ago)
            for kind, least, source in COUNTED:
                number = least + 137 * position - 90 * ago
                _record(community, kind, number, day, source, is_estimate=ago > 1)
        income = 186_000 + 12_500 * position
        _record(community, "collective_income", income, new_year, "街道经管站")
        _record(community, "facilities", 4 + position % 5, new_year, "社区")


def _record(
    community: Organization,
    kind: str,
    number: int,
    day: dt.date,
    source: str,
    *,
    is_estimate: bool = False,
) -> None:
    record_fact(
        community,
        kind=kind,
        value=Decimal(number),
        taken_on=day,
        source=source,
        is_estimate=is_estimate,
        by=None,
    )
