"""Made-up certificates of the members of a community who are away."""

from config.demo.life import CommunityStaff
from config.demo.names import People
from core.months import months_after, months_before
from members.actions import issue_certificate, log_contact
from members.enums import CertificateGround, ContactWay
from members.models import Member
from organizations.models import Organization

MOST = 4


def give_certificates(
    community: Organization, people: People, staff: CommunityStaff
) -> None:
    """Issue certificates to a few who are away; the first one's period is over."""
    here = Member.objects.belonging_to(community).filter(
        mobile_records__ends_on=None, mobile_records__isnull=False, certificates=None
    )
    for n, member in enumerate(here.order_by("sort_key", "pk").distinct()[:MOST]):
        absence = member.mobile_records.filter(ends_on=None).latest("starts_on")
        since = max(months_before(people.today, 7 - n), absence.starts_on)
        is_short = n == 0 and since < months_after(absence.starts_on, 6)
        known = member.known_since()
        if known is None or known >= since:
            continue
        issue_certificate(
            member,
            number=f"{community.pk:04}{n + 1:03}",
            ground=CertificateGround.SHORT if is_short else CertificateGround.NOT_YET,
            on=since,
            valid_until=months_after(absence.starts_on, 6)
            if is_short
            else months_after(since, 12),
            destination="广东省深圳市",
            by=staff.secretary,
        )
        if n == 1:
            log_contact(
                member,
                way=ContactWay.PHONE,
                on=people.today,
                note="在当地参加组织生活",
                by=staff.secretary,
            )
