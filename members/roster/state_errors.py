"""Why a row is refused whose words say that somebody is not, or not here, a member."""

import re

from django.utils.translation import gettext_lazy as _

from core.departures import DIED, EXPELLED, MOVED
from core.errors import DomainError
from members.roster.departures import is_ambiguous
from members.roster.errors import HasLeft, UnknownType
from members.roster.parsed_rows import ParsedRow
from organizations.errors import UnknownOrganization


class OutOfContact(DomainError):
    """The sheet says that the person is out of contact; the membership goes on."""

    message = _(
        "“%(text)s”: who is out of contact is still a member, but is not entered by a"
        " roster. If they are recorded, report the lost contact on their page"
    )


class MembershipStopped(DomainError):
    """The sheet says that the membership was suspended or has ended."""

    message = _(
        "“%(text)s”: the membership is suspended or has ended, so the person is not"
        " entered. If they are recorded, enter it on their page"
    )


class StateUnsure(DomainError):
    """The state may be of the person here, or of a post or an account."""

    message = _(
        "“%(text)s” may say that the person is no longer here, or only something of a"
        " post or an account: the row is left out until the question above is answered"
    )


class BelongsToRegister(DomainError):
    """The person has come from elsewhere and stays a member there."""

    message = _(
        "“%(text)s” seems to be somebody who belongs to a branch elsewhere and is not"
        " counted here: upload such people as a register of mobile members. If they are"
        " members of this branch, write “正式党员” or “预备党员”"
    )


class BelongsToCheckIns(DomainError):
    """The person belongs to an employer and only checks in here."""

    message = _(
        "“%(text)s” seems to be somebody who belongs to their employer and checks in"
        " here: upload such people as a sheet of check-ins. If they are members of this"
        " branch, write “正式党员” or “预备党员”"
    )


class MembershipKept(DomainError):
    """A membership that was kept or restored is a decision, not a kind of member."""

    message = _(
        "“%(text)s” is a decision about the membership, not a kind of member. If the"
        " person is a member here today, write “正式党员” or “预备党员”; the decision"
        " is kept on their page"
    )


class BelongsElsewhere(DomainError):
    """The words say that the formal affiliation is with another organization."""

    message = _(
        "“%(text)s” seems to be somebody whose formal affiliation is elsewhere, and who"
        " is not entered by a roster. Who has come to live here is uploaded as a"
        " register of mobile members, who checks in as a sheet of check-ins; once the"
        " affiliation is transferred, write “正式党员” or “预备党员”"
    )


class BranchElsewhere(DomainError):
    """The column of the formal affiliation names a branch that is not in the system."""

    message = _(
        "“%(text)s” is no branch of this system, so the person's formal affiliation"
        " seems to be elsewhere, and they are not entered by a roster. Who has come to"
        " live here is uploaded as a register of mobile members, who checks in as a"
        " sheet of check-ins. If a branch here is meant, write its name as recorded"
    )


LOST = re.compile("失联|失去联系")
GONE = re.compile(f"{DIED}|{MOVED}|[退脱出]党|关系|[^a-z]故$|^故|历史党员")
STOPPED = re.compile(f"{EXPELLED}|停止|终止|丧失|不正常|异常")
AFFILIATION = re.compile("关系")
TYPES = (
    (re.compile("流入|外来"), BelongsToRegister),
    (re.compile("报到"), BelongsToCheckIns),
    (re.compile("(保留|恢复)党籍"), MembershipKept),
    (
        re.compile(
            "关系不在|不在(本|册)|非在册|非(直管|本)|[挂代托寄]|借调|外单位|外[省市地]"
        ),
        BelongsElsewhere,
    ),
)


def departure_error(heading: str, text: str, *, shown: str = "") -> DomainError:
    """Return why a row is refused whose column says that somebody is not there.

    Words that may be of another thing, as 离职, are asked about, and say so.
    """
    shown = shown or f"{heading}：{text}"
    if LOST.search(shown):
        return OutOfContact(text=shown)
    if STOPPED.search(text) and not GONE.search(text):
        return MembershipStopped(text=shown)
    return (StateUnsure if is_ambiguous(heading, text) else HasLeft)(text=shown)


def type_error(text: str) -> DomainError:
    """Return why an unknown kind of member is refused, and where such people belong."""
    error = next((error for words, error in TYPES if words.search(text)), UnknownType)
    return error(text=text)


def explain_branch(parsed: ParsedRow, refusal: DomainError) -> DomainError:
    """Return why a row's branch is refused: one of elsewhere is no misspelt name.

    A column of the formal affiliation names where people belong, whoever they are.
    """
    heading = parsed.headings.get("branch", "")
    if isinstance(refusal, UnknownOrganization) and AFFILIATION.search(heading):
        return BranchElsewhere(text=parsed.branch_text)
    return refusal
