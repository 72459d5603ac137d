"""Who takes the steps that a voucher still needs, said before anybody takes one."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import RoleAssignment, User
from core.db.tree import ancestor_paths
from core.text import StrOrPromise
from finance import permissions
from finance.enums import UNSIGNED, VoucherState
from finance.models import Voucher
from finance.money import format_yuan
from finance.signing_steps import APPROVAL, PAYMENT, REVIEW, SIGNERS, steps_from
from organizations.roles import Role

IN_ORDER = (Role.ACCOUNTANT, Role.CASHIER, Role.SECRETARY, Role.STREET_STAFF)


@dataclass(frozen=True, slots=True)
class StepAhead:
    """A step to come, the people who may take it by role, and a remark on why they."""

    label: StrOrPromise
    people: dict[Role, list[User]]
    remark: str = ""

    def __str__(self) -> str:
        """Name the people by role; say so if nobody may take the step."""
        if not self.people:
            return gettext(
                "Nobody can take this step now: ask the street office to appoint"
                " somebody."
            )
        named = gettext("; ").join(
            gettext("%(role)s: %(names)s")
            % {"role": role.label, "names": "、".join(str(one) for one in people)}
            for role, people in self.people.items()
        )
        if not self.remark:
            return named
        return gettext("%(people)s (%(remark)s)") % {
            "people": named,
            "remark": self.remark,
        }


def steps_ahead(voucher: Voucher) -> Iterator[StepAhead]:
    """Yield the steps between the voucher's state and the ledger, in their order.

    Nobody takes two of them (R-61): who entered takes none, who reviewed does not
    approve, who approved does not pay.
    """
    if voucher.state == VoucherState.CANCELLED:
        return
    steps = steps_from(voucher.state, voucher.kind)
    holders = _holders(voucher) if steps else {}
    if REVIEW in steps:
        yield _review(voucher, holders)
    if APPROVAL in steps:
        yield _approval(voucher, holders)
    if PAYMENT in steps:
        yield StepAhead(_("Payment"), _of(holders, PAYMENT.roles))


def _review(voucher: Voucher, holders: dict[Role, list[User]]) -> StepAhead:
    """Another accountant reviews; where there is none, the secretary or the street.

    Whoever alone could approve the voucher afterwards does not review it.
    """
    approving = {one for people in _approvers(voucher, holders) for one in people}
    able = {
        role: [one for one in people if approving - {one}]
        for role, people in holders.items()
    }
    if _of(holders, REVIEW.roles):
        return StepAhead(_("Review"), _of(able, REVIEW.roles))
    remark = gettext("there is no other accountant; who reviews does not approve")
    return StepAhead(_("Review"), _of(able, REVIEW.stand_ins), remark)


def _approvers(
    voucher: Voucher, holders: dict[Role, list[User]]
) -> Iterator[list[User]]:
    roles = APPROVAL.roles_for(large=permissions.is_large(voucher))
    yield from _of(holders, roles).values()


def _approval(voucher: Voucher, holders: dict[Role, list[User]]) -> StepAhead:
    """The secretary or the street approves; large expenditure, the street alone."""
    if permissions.is_large(voucher):
        limit = format_yuan(Decimal(permissions.street_approval_limit()))
        remark = gettext("expenditure of %(amount)s yuan and more") % {"amount": limit}
        return StepAhead(_("Approval"), _of(holders, APPROVAL.roles_if_large), remark)
    able = _of(holders, APPROVAL.roles)
    remark = ""
    if voucher.state in UNSIGNED and not _of(holders, REVIEW.roles):
        remark = gettext("whoever of them did not review it")
    return StepAhead(_("Approval"), able, remark)


def _holders(voucher: Voucher) -> dict[Role, list[User]]:
    """Return who may still take a step with the voucher, by role."""
    path = voucher.fund.organization.path
    signed = {getattr(voucher, f"{name}_id") for name in PAYMENT.excluded}
    held = RoleAssignment.objects.current().of_roles(SIGNERS)
    held = held.filter(
        organization__path__in=[*ancestor_paths(path), path], user__is_active=True
    )
    held = held.exclude(user__in=signed - {None}).select_related("user")
    people: dict[Role, list[User]] = {}
    for one in held.order_by("user__display_name", "user_id"):
        named = people.setdefault(Role(one.role), [])
        if one.user not in named:
            named.append(one.user)
    return people


def _of(
    holders: dict[Role, list[User]], roles: frozenset[Role]
) -> dict[Role, list[User]]:
    return {
        role: holders[role] for role in IN_ORDER if role in roles and holders.get(role)
    }
