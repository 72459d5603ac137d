"""Honours of a branch of a made-up city and of its members."""

from communities.actions import record_honour
from config.demo.names import People
from core.months import months_after
from members.models import Member
from organizations.models import Organization


def make_honours(shown: Organization, people: People) -> None:
    """Honour a branch, and two of its members."""
    branch = shown.children.open().order_by("path")[0]
    members = Member.objects.belonging_to(branch).voting().order_by("pk")[:2]
    for honoured, name, level, issuer in (
        (branch, "先进基层党组织", "district", "中共枣阳市委"),
        (members[0], "优秀共产党员", "street", "街道党工委"),
        (members[1], "优秀党务工作者", "street", "街道党工委"),
    ):
        record_honour(
            honoured,
            name=name,
            level=level,
            issuer=issuer,
            document="关于表彰先进基层党组织、优秀共产党员的决定",
            awarded_on=months_after(people.today, -1),
            by=None,
        )
