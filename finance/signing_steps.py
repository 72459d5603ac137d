"""Who signs a voucher in which state, in one table (R-61).

`VoucherQuerySet.signable_by` is the one place that asks it of vouchers and people;
permissions, to-dos and pages go through that. Constraints and the invariant repeat the
table for the database, and a test compares them with it.
"""

from dataclasses import dataclass

from finance.enums import UNSIGNED, VoucherKind, VoucherState
from organizations.roles import NO_ROLES, Role


@dataclass(frozen=True, slots=True)
class SigningStep:
    """A signature that a voucher in a state waits for, and the roles that may give it.

    `stand_ins` give it where nobody holds one of the roles but who entered the voucher.
    An expenditure from the street's limit on is signed by `roles_if_large` alone. Who
    gives one that `leaves_an_approver` must not be the only one who could approve.
    """

    state: VoucherState
    column: str
    roles: frozenset[Role]
    stand_ins: frozenset[Role] = NO_ROLES
    roles_if_large: frozenset[Role] = NO_ROLES
    leaves_an_approver: bool = False

    @property
    def excluded(self) -> tuple[str, ...]:
        """Columns of those who signed before: nobody takes two steps."""
        return ("entered_by", *SIGNATURES[: SIGNATURES.index(self.column)])

    def roles_for(self, *, large: bool) -> frozenset[Role]:
        """Return the roles that sign a voucher, or a large expenditure."""
        return self.roles_if_large if large and self.roles_if_large else self.roles


REVIEW = SigningStep(
    VoucherState.SUBMITTED,
    "reviewed_by",
    frozenset({Role.ACCOUNTANT}),
    stand_ins=frozenset({Role.SECRETARY, Role.STREET_STAFF}),
    leaves_an_approver=True,
)
APPROVAL = SigningStep(
    VoucherState.REVIEWED,
    "approved_by",
    frozenset({Role.SECRETARY, Role.STREET_STAFF}),
    roles_if_large=frozenset({Role.STREET_STAFF}),
)
PAYMENT = SigningStep(VoucherState.APPROVED, "paid_by", frozenset({Role.CASHIER}))
STEPS = (REVIEW, APPROVAL, PAYMENT)
SIGNATURES = tuple(step.column for step in STEPS)
SIGNERS = frozenset[Role]().union(*(step.roles | step.stand_ins for step in STEPS))


def step_in(state: str) -> SigningStep:
    """Return the step that a voucher in a state waits for.

    For a voucher that waits for none it is the first: the actions refuse that in words.
    """
    return next((step for step in STEPS if step.state == state), REVIEW)


def steps_of(kind: str) -> tuple[SigningStep, ...]:
    """Return the steps of a kind of voucher: expenditure alone is paid."""
    return STEPS if kind == VoucherKind.EXPENDITURE else (REVIEW, APPROVAL)


def steps_from(state: str, kind: str) -> tuple[SigningStep, ...]:
    """Return the steps that a voucher in a state still needs, in their order."""
    steps = steps_of(kind)
    if state in UNSIGNED:
        return steps
    states = [step.state for step in steps]
    return steps[states.index(VoucherState(state)) :] if state in states else ()
