"""Where the matter of a transfer lies, in words for both ends and the member."""

from django.utils.translation import gettext_lazy as _

from core.dates import format_day
from core.text import StrOrPromise
from members.enums import TransferKind, TransferState, TransferStep
from members.models import Member, Transfer

K, S = TransferKind, TransferState
RELATED = ("member", "origin", "issuer", "addressee", "destination", "branch")


def transfer_under_way(member: Member) -> Transfer | None:
    """Return the transfer of a member that is under way, if there is one."""
    rows = Transfer.objects.under_way().filter(member=member.pk)
    return rows.select_related(*RELATED).first()


def describe_whereabouts(transfer: Transfer) -> str:
    """Say where the matter lies, and who has to do what next."""
    text = (
        _WHEREABOUTS.get((transfer.state, transfer.kind))
        or _WHEREABOUTS[transfer.state, ""]
    )
    if transfer.state == S.ISSUED and transfer.arrived_on is not None:
        text = _ARRIVED
    elif transfer.state == S.ISSUED and _waits_at_street(transfer):
        text = _ON_ITS_WAY_TO_STREET
    follower = transfer.follower
    if follower is not None:
        text = _REPLACED if follower.number else _FOLLOWED
    if transfer.state == S.REFUSED and transfer.origin is not None:
        text = _describe_refusal(transfer)
    member = transfer.member
    if transfer.state == S.VOIDED and member is not None and member.ended_on:
        text = _("Voided on %(day)s. The membership has ended: %(ended)s.")
    values = {
        "rested": format_day(transfer.rested_on) if transfer.rested_on else "",
        "new": follower.number if follower is not None else "",
        "ended": member.get_end_reason_display() if member is not None else "",
        "origin": transfer.from_name,
        "issuer": transfer.issuer,
        "to": transfer.to_name,
        "addressee": transfer.addressee_name,
        "street": transfer.addressee,
        "branch": transfer.branch,
        "day": format_day(transfer.closed_on) if transfer.closed_on else "",
    }
    return str(text) % values


def _describe_refusal(transfer: Transfer) -> StrOrPromise:
    """Say whether the place of origin still has to deal with a refusal."""
    if transfer.rested_on is not None:
        return _("Refused by %(addressee)s on %(day)s. Let rest on %(rested)s.")
    if transfer.waits_at_origin:
        return _REFUSED
    return _("Refused by %(addressee)s on %(day)s. Nothing is left to do here.")


def _waits_at_street(transfer: Transfer) -> bool:
    """Whether the street has not handed it on to a community yet."""
    street = transfer.addressee
    return street is not None and transfer.destination == street


def list_next_steps(transfer: Transfer) -> tuple[TransferStep, ...]:
    """Return the steps that `describe_whereabouts` asks for, the first one foremost.

    Without any the order of the steps tells which is taken next.
    """
    if transfer.state == S.EXPIRED:
        return (TransferStep.REISSUE_LETTER,)
    if transfer.state != S.ISSUED:
        return ()
    if transfer.arrived_on is not None:
        return (TransferStep.RECEIVE,)
    if _waits_at_street(transfer):
        return (TransferStep.HAND_ON, TransferStep.RECEIVE)
    return ()


_ARRIVED = _(
    "Arrived at %(branch)s; %(street)s has to receive the transfer. Until then the"
    " member counts at %(origin)s."
)
_ON_ITS_WAY_TO_STREET = _(
    "On the way: %(street)s hands it on to a community, or receives. Until then the"
    " member counts at %(origin)s."
)
_REFUSED = _(
    "Refused by %(addressee)s on %(day)s. The member stays at %(origin)s, which"
    " proposes anew or lets it rest."
)
_REPLACED = _("Replaced by the letter %(new)s. Nothing is left to do here.")
_FOLLOWED = _(
    "The letter has expired, and the transfer was proposed anew. Nothing is left to do"
    " here."
)
_WHEREABOUTS: dict[tuple[str, str], StrOrPromise] = {
    (S.PROPOSED, ""): _(
        "%(issuer)s has to issue the letter. The member counts at %(origin)s."
    ),
    (S.ISSUED, K.WITHIN): _(
        "On the way: %(to)s confirms the arrival, then %(street)s receives. Until then"
        " the member counts at %(origin)s."
    ),
    (S.ISSUED, K.OUT): _(
        "On the way to %(to)s. When the receipt comes back, %(issuer)s records it;"
        " until then the member counts at %(origin)s."
    ),
    (S.ISSUED, K.IN): _(
        "On the way from %(origin)s: %(to)s enters the member when they arrive."
    ),
    (S.EXPIRED, ""): _(
        "The letter has expired without a receipt. The member still counts at"
        " %(origin)s; %(issuer)s can issue it anew."
    ),
    (S.EXPIRED, K.IN): _("The letter has expired. %(origin)s has to issue a new one."),
    (S.RECEIVED, ""): _("Received by %(to)s on %(day)s. Nothing is left to do."),
    (S.REFUSED, ""): _(
        "Refused by %(addressee)s on %(day)s. The member stays at %(origin)s, which"
        " deals with it."
    ),
    (S.VOIDED, ""): _("Voided on %(day)s. The member stays at %(origin)s."),
}
