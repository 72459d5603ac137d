"""Opinions of a made-up city: one given, one waiting, one never answered."""

import datetime as dt

from cases.models import CaseKind
from config.demo.life import CommunityStaff
from config.demo.names import People
from members.actions import PersonNamed, answer_opinion, ask_opinion, change_member
from members.models import Member
from organizations.models import Organization, Unit
from organizations.queries import street_above

EMPLOYED = 6
QUESTION = "拟推荐为本年度优秀共产党员，请答复其在社区报到、服务和承诺践诺的情况。"


def make_opinions(
    shown: Organization, unit: Unit, people: People, staff: CommunityStaff
) -> None:
    """Let the unit ask about its people, and offices about heads of local offices."""
    here = Member.objects.checked_in_at(shown).filter(organization=None)
    served = here.filter(service_records__state="confirmed").distinct()
    employed = list(served.order_by("pk")[:EMPLOYED])
    for member in employed:
        change_member(member, by=None, employer=unit)
    commendation = CaseKind.objects.get(code="opinion_commendation")
    weeks_ago = people.today - dt.timedelta(days=28)
    asked = [
        ask_opinion(
            member, commendation, question=QUESTION, unit=unit, by=staff.liaison, on=day
        )
        for member, day in zip(
            employed, (people.today, weeks_ago, people.today), strict=False
        )
    ]
    answer_opinion(
        asked[0],
        opinion="agrees",
        reasons="按时报到，主动认领岗位，居民反映好。",
        reply_number=f"{shown.name}复〔2026〕1号",
        by=staff.secretary,
    )
    _ask_about_heads(shown, staff)


def _ask_about_heads(shown: Organization, staff: CommunityStaff) -> None:
    """Two letters about heads of local offices reach the street."""
    head = CaseKind.objects.get(code="opinion_dispatched_head")
    for name, position, workplace, asker, number in (
        ("周建国", "所长（拟任）", "南城派出所", "枣阳市公安局", "枣公函〔2026〕18号"),
        ("郑丽", "所长（拟任）", "南城司法所", "枣阳市司法局", "枣司函〔2026〕7号"),
    ):
        row = ask_opinion(
            PersonNamed(name, position, workplace),
            head,
            place=street_above(shown),
            asker=asker,
            number=number,
            question="拟任派驻机构负责人，请街道党工委对其日常工作表现提出意见。",
            by=staff.staff,
        )
    answer_opinion(
        row,
        opinion="reserves",
        reasons="到社区调解、宣传较少，建议整改后再任用。",
        reply_number="南城党工函〔2026〕9号",
        by=staff.staff,
    )
