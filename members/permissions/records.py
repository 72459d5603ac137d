"""Who may do what with members."""

from collections.abc import Callable, Mapping

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import RoleAssignment, User
from accounts.permissions import can_issue_slip as can_let_in
from core.actors import Actor, scope_of
from members.enums import (
    TransferKind,
    TransferState,
    TransferStep,
)
from members.models import (
    ActivityCertificate,
    AppraisalRound,
    CheckIn,
    CheckInRound,
    Development,
    DuplicatePair,
    LostContact,
    Member,
    MemberMerge,
    Pledge,
    PocketMember,
    ProposedCorrection,
    Transfer,
    UnitInquiry,
)
from organizations.models import Organization
from organizations.roles import MEETING_KEEPERS, READERS, RECORD_KEEPERS, Role


def can_view_members(user: Actor) -> bool:
    """Whether the person may view members at all."""
    return scope_of(user).has_role(MEETING_KEEPERS)


def can_admit(user: Actor) -> bool:
    """Whether the person may enter members anywhere."""
    return scope_of(user).has_role(RECORD_KEEPERS)


def can_change(user: Actor, member: Member) -> bool:
    """Whether the person keeps this member's record."""
    return Member.objects.managed_by(user).filter(pk=member.pk).exists()


def can_end_check_in(user: Actor, member: Member) -> bool:
    """Whether the person keeps the records of the community of the check-in."""
    open_rows = CheckIn.objects.managed_by(user).filter(member=member, ends_on=None)
    return open_rows.exists()


def kept_check_in(user: Actor, member: Member) -> bool:
    """Whether the person keeps a community where the member is or was checked in.

    Of a form that is sent after the check-in has ended, the page says so.
    """
    return CheckIn.objects.managed_by(user).filter(member=member).exists()


def can_decide_on(user: Actor, row: LostContact) -> bool:
    """Record keepers record contact and decisions about lost members of their area."""
    return LostContact.objects.managed_by(user).filter(pk=row.pk).exists()


def can_unmask(user: Actor, member: Member) -> bool:
    """Whether the person may read this member's numbers in full, for a reason."""
    return can_change(user, member)


def members_to_issue_slips(user: User) -> QuerySet[Member]:
    """Return the members for whom the person may print a sign-in slip.

    A slip gives access to all that its account may do, so slips of members who hold or
    will hold another role are left to those who may issue slips for accounts. There
    are none for members whose membership has ended.
    """
    working_roles = RoleAssignment.objects.standing().exclude(role=Role.MEMBER)
    works = working_roles.filter(user=OuterRef("user"))
    may_get_slip = Q(user__is_active=True) & ~Exists(works) & ~Q(user=user)
    current = Member.objects.managed_by(user).current()
    return current.filter(Q(user=None) | may_get_slip)


def can_issue_slip(user: User, member: Member) -> bool:
    """Whether the person may print a sign-in slip for this member."""
    if members_to_issue_slips(user).filter(pk=member.pk).exists():
        return True
    account = member.user
    return (
        account is not None
        and member.ended_on is None
        and can_change(user, member)
        and can_let_in(user, account)
    )


def could_issue_slip(user: User, member: Member) -> bool:
    """Whether the person may print a slip, or might if the membership went on."""
    has_ended = member.ended_on is not None
    return can_issue_slip(user, member) or (has_ended and can_change(user, member))


def can_view_rounds(user: Actor) -> bool:
    """Whether the person may read the numbers of rounds, as the city may, too."""
    return scope_of(user).has_role(READERS)


def can_open_round(user: Actor) -> bool:
    """Street staff open rounds of checking in."""
    return scope_of(user).has_role({Role.STREET_STAFF})


def can_keep_round(user: Actor, row: CheckInRound) -> bool:
    """The street corrects and voids its rounds of checking in."""
    return CheckInRound.all_objects.managed_by(user).filter(pk=row.pk).exists()


def can_review_pledge(user: Actor, row: Pledge) -> bool:
    """The branch and community of the member accept and settle it; not one's own."""
    return Pledge.all_objects.managed_by(user).filter(pk=row.pk).exists()


def can_decide_correction(user: Actor, row: ProposedCorrection) -> bool:
    """Whoever keeps the record decides what is proposed; nobody about their own."""
    return ProposedCorrection.objects.managed_by(user).filter(pk=row.pk).exists()


def can_pledge_for(user: Actor, member: Member) -> bool:
    """Keepers of the member's branch or community enter a promise from paper.

    It is accepted with that; so they write their own on “About me”.
    """
    rows = Member.objects.in_scope_of(user, MEETING_KEEPERS).not_about(user)
    return rows.current().filter(pk=member.pk).exists()


K, S = TransferKind, TransferState


def can_record_letter(user: Actor) -> bool:
    """Whether the person may record letters that come from outside: street staff."""
    return scope_of(user).has_role({Role.STREET_STAFF})


def can_see_transfer(user: Actor, transfer: Transfer) -> bool:
    """Whether the person may look at transfers of others at all."""
    return can_view_members(user)


def _is_street(user: Actor, organization: Organization | None) -> bool:
    """Whether the person works for the street: it issues and receives (R-13)."""
    path = organization.path if organization is not None else ""
    return bool(path) and scope_of(user).has_role_over(path, {Role.STREET_STAFF})


def _keeps(user: Actor, organization: Organization | None) -> bool:
    """Whether the person keeps the records of a place."""
    path = organization.path if organization is not None else ""
    return bool(path) and scope_of(user).has_role_over(path, RECORD_KEEPERS)


def can_issue_letter(user: Actor, transfer: Transfer) -> bool:
    """The street of origin issues letters, issues them anew and records receipts."""
    return _is_street(user, transfer.issuer)


def can_void_transfer(user: Actor, transfer: Transfer) -> bool:
    """The community takes back a proposal, the street on the letter a letter."""
    if transfer.state == S.PROPOSED:
        return _keeps(user, transfer.origin)
    return _is_street(user, transfer.issuer or transfer.addressee)


def can_hand_on(user: Actor, transfer: Transfer) -> bool:
    """The street to which the letter is addressed hands it on."""
    return _is_street(user, transfer.addressee)


def can_confirm_arrival(user: Actor, transfer: Transfer) -> bool:
    """The community of arrival confirms it, or the street that handed nothing on."""
    return transfer.kind == K.WITHIN and _keeps(user, transfer.destination)


def can_receive(user: Actor, transfer: Transfer) -> bool:
    """The street to which the letter is addressed receives."""
    return transfer.kind == K.WITHIN and _is_street(user, transfer.addressee)


def can_record_receipt(user: Actor, transfer: Transfer) -> bool:
    """The street that issued a letter to outside records the receipt."""
    return transfer.kind == K.OUT and _is_street(user, transfer.issuer)


def can_admit_transferred(user: Actor, transfer: Transfer) -> bool:
    """The community of arrival enters whoever comes from outside."""
    return transfer.kind == K.IN and _keeps(user, transfer.destination)


def can_print_receipt(user: Actor, transfer: Transfer) -> bool:
    """The street that receives prints the receipt, the one that issued sees it."""
    is_issuer = transfer.kind == K.WITHIN and can_issue_letter(user, transfer)
    return is_issuer or can_hand_on(user, transfer)


def can_refuse(user: Actor, transfer: Transfer) -> bool:
    """The street that receives refuses; of outside, the one that hears of it."""
    return _is_street(user, transfer.addressee or transfer.issuer)


def can_let_rest(user: Actor, transfer: Transfer) -> bool:
    """The place of origin lets a refused transfer rest."""
    return _keeps(user, transfer.origin)


CAN_TAKE: Mapping[TransferStep, Callable[[Actor, Transfer], bool]] = {
    TransferStep.ISSUE_LETTER: can_issue_letter,
    TransferStep.CONFIRM_ARRIVAL: can_confirm_arrival,
    TransferStep.RECEIVE: can_receive,
    TransferStep.RECORD_RECEIPT: can_record_receipt,
    TransferStep.ADMIT: can_admit_transferred,
    TransferStep.HAND_ON: can_hand_on,
    TransferStep.PRINT_LETTER: can_issue_letter,
    TransferStep.PRINT_RECEIPT: can_print_receipt,
    TransferStep.REISSUE_LETTER: can_issue_letter,
    TransferStep.REFUSE: can_refuse,
    TransferStep.VOID: can_void_transfer,
    TransferStep.LET_REST: can_let_rest,
}


def can_take_step(user: Actor, transfer: Transfer, step: TransferStep) -> bool:
    """Whether the person may take a step of a transfer once it has come so far."""
    return CAN_TAKE[step](user, transfer)


def can_settle_pair(user: Actor, pair: DuplicatePair) -> bool:
    """Whether the person keeps both records, or the one that is left.

    What was decided meanwhile is no question of rights: actions refuse it in words.
    """
    return DuplicatePair.objects.managed_by(user).filter(pk=pair.pk).exists()


def can_undo_merge(user: Actor, member: Member) -> bool:
    """Whether the person keeps the record into which this one was or is merged."""
    merges = MemberMerge.objects.managed_by(user)
    return merges.filter(duplicate=member.pk).exists()


def can_open_appraisal(user: Actor) -> bool:
    """Whether the person runs the appraisal of any branch."""
    return scope_of(user).has_role(MEETING_KEEPERS)


def can_run_appraisal(user: Actor, row: AppraisalRound) -> bool:
    """Whether the person enters the grades of this branch."""
    return AppraisalRound.objects.managed_by(user).filter(pk=row.pk).exists()


def can_settle_pocket(user: Actor, row: PocketMember) -> bool:
    """Record keepers settle the matters of members whom nobody managed."""
    return PocketMember.objects.managed_by(user).filter(pk=row.pk).exists()


def can_keep_certificate(user: Actor, row: ActivityCertificate) -> bool:
    """Record keepers replace, take back and void the certificates of their area."""
    rows = ActivityCertificate.all_objects.managed_by(user)
    return rows.filter(pk=row.pk).exists()


def can_keep_inquiry(user: Actor, row: UnitInquiry) -> bool:
    """Record keepers record the answer of a former unit, or void the inquiry."""
    return UnitInquiry.objects.managed_by(user).filter(pk=row.pk).exists()


def can_view_developments(user: Actor) -> bool:
    """Whether the person may see anybody on the way to membership."""
    return scope_of(user).has_role(MEETING_KEEPERS)


def can_run_development(user: Actor, row: Development) -> bool:
    """Whether the person records the steps of somebody on the way to membership."""
    return Development.objects.managed_by(user).filter(pk=row.pk).exists()


def can_admit_developed(user: Actor, row: Development) -> bool:
    """Record keepers of the branch enter the member of a finished development."""
    return scope_of(user).has_role_over(row.organization.path, RECORD_KEEPERS)
