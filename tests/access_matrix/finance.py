"""Who may open the pages of finance, and who takes which step with a voucher."""

from core.web.edit_conflicts import VERSION_TOKEN, version_token
from tests.access_matrix.base import CANARY, Access, answers
from tests.factories.finance import (
    DAY,
    ExpenditureFactory,
    FundFactory,
    IncomeFactory,
    approved,
    filled,
    posted,
    reviewed,
    use_of,
)

LOOK = {
    "own": answers(
        {200: "secretary staff accountant cashier officer", 302: "nobody"},
        otherwise=404,
    ),
    "foreign": answers(
        {200: "clerk_elsewhere staff_elsewhere officer", 302: "nobody"}, otherwise=404
    ),
}
ACCOUNTANT = {
    "own": answers(
        {302: "nobody accountant", 403: "secretary staff cashier officer"},
        otherwise=404,
    ),
    "foreign": answers(
        {302: "nobody", 403: "clerk_elsewhere staff_elsewhere officer"}, otherwise=404
    ),
}
CASHIER = {
    "own": answers(
        {302: "nobody cashier", 403: "secretary staff accountant officer"},
        otherwise=404,
    ),
    "foreign": answers(
        {302: "nobody", 403: "clerk_elsewhere staff_elsewhere officer"}, otherwise=404
    ),
}
APPROVER = {
    "own": answers(
        {302: "nobody secretary staff", 403: "accountant cashier officer"},
        otherwise=404,
    ),
    "foreign": answers(
        {302: "nobody staff_elsewhere", 403: "clerk_elsewhere officer"}, otherwise=404
    ),
}
MONEY = answers(
    {
        200: (
            "secretary clerk_elsewhere staff staff_elsewhere officer accountant cashier"
        ),
        302: "nobody",
    },
    otherwise=403,
)
# The other community has no accountant but the person who entered the voucher, and no
# secretary: who of its street alone could approve the voucher does not review it.
REVIEWER = {
    "own": ACCOUNTANT["own"],
    "foreign": answers(
        {302: "nobody", 403: "clerk_elsewhere officer staff_elsewhere"}, otherwise=404
    ),
}
EVERYBODY = answers({302: "nobody"}, otherwise=200)


def funds(world):
    """A fund of each street's community, the same for everybody."""
    if "funds" not in world.things:
        own = FundFactory(organization=world.community)
        foreign = FundFactory(organization=world.other_community, name=f"{CANARY}经费")
        world.things |= {"fund": own, "funds": (own, foreign)}
    return world.things["funds"]


def fund_args(world):
    """Addresses over a fund."""
    own, foreign = funds(world)
    return [own.pk], [foreign.pk]


def vouchers(world):
    """A submitted income of each fund."""
    own, foreign = funds(world)
    world.things["voucher"] = IncomeFactory(fund=own)
    foreigner = IncomeFactory(fund=foreign, purpose=f"{CANARY}拨款")
    return world.things["voucher"], foreigner


def voucher_args(world):
    """Addresses over a voucher that waits."""
    own, foreign = vouchers(world)
    return [own.pk], [foreign.pk]


def reviewed_args(world):
    """Addresses over a voucher that waits for approval."""
    own, foreign = (reviewed(v) for v in vouchers(world))
    world.things["voucher"] = own
    return [own.pk], [foreign.pk]


def approved_args(world):
    """Addresses over an expenditure that waits for payment."""
    own, foreign = (approved(ExpenditureFactory(fund=f)) for f in funds(world))
    world.things["voucher"] = own
    return [own.pk], [foreign.pk]


def posted_args(world):
    """Addresses over a voucher that stands in the ledger."""
    own, foreign = (posted(v) for v in vouchers(world))
    return [own.pk], [foreign.pk]


def with_funds(world):
    """The list's address, once there is something to list."""
    funds(world)
    return [], []


def with_vouchers(world):
    """The list's address, once there are vouchers to list."""
    vouchers(world)
    return [], []


def movement(_world):
    """What every voucher's form is sent with."""
    return {
        "happened_on": DAY.isoformat(),
        "amount": "１２３.５０",
        "purpose": "居民议事厅茶水",
        "papers": "1",
    }


def income(world):
    """An income as the form sends it."""
    return {**movement(world), "source": "budget"}


def expenditure(world):
    """An expenditure as the form sends it, from a fund that holds the money."""
    filled(world.things["fund"], 1000)
    use = use_of(world.things["fund"]).pk
    return {**movement(world), "use": use, "decision": "6月5日居民代表会议"}


def reason(_world):
    """A reason, as the asking pages send it."""
    return {"reason": "与单据不符"}


def seen(world):
    """What the cashier has read."""
    return {VERSION_TOKEN: version_token(world.things["voucher"])}


def corrected(world):
    """A correction as the form sends it, over the voucher as it was read."""
    return {**income(world), **seen(world)}


def payment(world):
    """Say on which day the expenditure was paid."""
    return {**seen(world), "paid_on": f"{DAY}"}


def reversal(world):
    """A reversal as the form sends it."""
    return {**reason(world), "happened_on": DAY.isoformat()}


ACCESS = {
    "finance:list": Access("get", EVERYBODY, args=with_funds),
    "finance:dues": Access("get", MONEY),
    "finance:vouchers": Access("get", EVERYBODY, args=with_vouchers),
    "finance:fund": Access("get", **LOOK, args=fund_args),
    "finance:enter_income": Access("post", **ACCOUNTANT, args=fund_args, data=income),
    "finance:enter_expenditure": Access(
        "post", **ACCOUNTANT, args=fund_args, data=expenditure
    ),
    "finance:print_account": Access("get", **LOOK, args=fund_args),
    "finance:download_account": Access("get", **LOOK, args=fund_args),
    "finance:voucher": Access("get", **LOOK, args=voucher_args),
    "finance:print_voucher": Access("get", **LOOK, args=voucher_args),
    "finance:amend_voucher": Access(
        "post", **ACCOUNTANT, args=voucher_args, data=corrected
    ),
    "finance:review_voucher": Access("post", **REVIEWER, args=voucher_args, data=seen),
    "finance:approve_voucher": Access(
        "post", **APPROVER, args=reviewed_args, data=seen
    ),
    "finance:pay_voucher": Access("post", **CASHIER, args=approved_args, data=payment),
    "finance:return_voucher": Access(
        "post", **APPROVER, args=reviewed_args, data=reason
    ),
    "finance:cancel_voucher": Access(
        "post", **ACCOUNTANT, args=voucher_args, data=reason
    ),
    "finance:reverse_voucher": Access(
        "post", **ACCOUNTANT, args=posted_args, data=reversal
    ),
}
