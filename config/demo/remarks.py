"""Guarded remarks of a made-up community, and who said that they are willing."""

import datetime as dt

from config.demo.life import CommunityStaff
from config.demo.names import People
from members.actions import record_remark, set_willingness
from members.enums import Willingness
from members.models import Member
from organizations.models import Organization, Unit

ASKED = 12


def make_remarks(
    shown: Organization, unit: Unit, people: People, staff: CommunityStaff
) -> None:
    """Record an invitation that the unit, and one that a member, did not answer."""
    by = staff.secretary
    member = Member.objects.filter(community=shown, user__username="dangyuan").get()
    record_remark(
        member,
        shown,
        kind="no_answer",
        happened_on=people.today - dt.timedelta(days=20),
        matter="小区清洁日志愿服务（电话、短信各通知一次）",
        details="两次通知均未回复，未说明原因。",
        by=by,
    )
    record_remark(
        unit,
        shown,
        kind="perfunctory",
        happened_on=people.today - dt.timedelta(days=35),
        matter="在职党员到社区报到座谈会（书面邀请）",
        details="答应派三人参加，当天无人到会。",
        by=by,
    )
    said = (Willingness.WILLING, Willingness.WILLING, Willingness.NOT_NOW)
    here = Member.objects.checked_in_at(shown).order_by("pk")[:ASKED]
    for index, one in enumerate(here):
        set_willingness(one, willing=said[index % len(said)], by=by)
