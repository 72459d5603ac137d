"""Steps of money, of agreements, and of the returns that close months."""

import datetime as dt
from typing import Any

from django.urls import reverse

from cobuilding.enums import AgreementState
from cobuilding.models import Agreement
from communities.enums import ProjectTag
from communities.models import Project
from core.months import month_of, today
from finance.enums import AWAITING, VoucherState
from finance.models import Voucher
from reports.enums import ReturnState
from reports.models import MonthlyReturn
from tests.factories.finance import use_of
from tests.walk.actions import Hands, Step
from tests.walk.people import CommunityCast

DRAFT = AgreementState.DRAFT


class Money(Hands):
    """Vouchers are entered, reviewed, approved, paid; posted ones never change."""

    def steps(self) -> list[Step]:
        """The steps, those that happen often named more than once."""
        often: list[Step] = [
            *[self.enter_income] * 2,
            *[self.enter_expenditure] * 3,
            *[self.review] * 4,
            *[self.approve] * 4,
            *[self.pay] * 3,
        ]
        rare: list[Step] = [self.send_voucher_back, self.amend, self.cancel]
        return [*often, *rare, self.reverse, self.reverse]

    def _movement(self) -> dict[str, Any]:
        return {
            "happened_on": self.recently(late=0.1),
            "purpose": f"事由{self.number()}",
            "papers": "1",
        }

    def _voucher(
        self, *states: VoucherState, **narrowed: Any
    ) -> tuple[CommunityCast, Voucher]:
        cast = self.cast()
        rows = Voucher.objects.filter(fund=cast.fund, state__in=states, **narrowed)
        return cast, self.one_of(rows.order_by("pk"))

    def enter_income(self) -> None:
        """The accountant enters money that came in."""
        cast, amount = self.cast(), self.chance.randint(2000, 9000)
        url = reverse("finance:enter_income", args=[cast.fund.pk])
        values = {"amount": f"{amount}.50", "source": "budget"}
        cast.accountant.fill(url, **values, **self._movement())

    def enter_expenditure(self) -> None:
        """The accountant enters money that goes out."""
        cast, amount = self.cast(), self.chance.randint(100, 1500)
        url = reverse("finance:enter_expenditure", args=[cast.fund.pk])
        values = {"amount": f"{amount}.25", "decision": "居民代表会议"}
        values["use"] = str(use_of(cast.fund).pk)
        cast.accountant.fill(url, **values, **self._movement())

    def _sign(self, visitor: str, step: str, state: VoucherState) -> None:
        cast, voucher = self._voucher(state)
        button = reverse(f"finance:{step}_voucher", args=[voucher.pk])
        getattr(cast, visitor).press(voucher.get_absolute_url(), button)

    def review(self) -> None:
        """The secretary reviews what they have read: no second accountant is there."""
        self._sign("secretary", "review", VoucherState.SUBMITTED)

    def approve(self) -> None:
        """The street approves what the secretary has reviewed."""
        self._sign("staff", "approve", VoucherState.REVIEWED)

    def pay(self) -> None:
        """The cashier pays what was approved."""
        self._sign("cashier", "pay", VoucherState.APPROVED)

    def send_voucher_back(self) -> None:
        """The street sends a voucher back."""
        cast, voucher = self._voucher(VoucherState.REVIEWED)
        url = reverse("finance:return_voucher", args=[voucher.pk])
        cast.staff.fill(url, reason="与单据不符")

    def amend(self) -> None:
        """The accountant corrects a voucher that is not posted."""
        waiting = (*AWAITING, VoucherState.RETURNED)
        cast, voucher = self._voucher(*waiting, reverses=None)
        url = reverse("finance:amend_voucher", args=[voucher.pk])
        cast.accountant.fill(url, amount=f"{self.chance.randint(50, 900)}.75")

    def cancel(self) -> None:
        """The accountant gives a voucher up."""
        waiting = (*AWAITING, VoucherState.RETURNED)
        cast, voucher = self._voucher(*waiting)
        url = reverse("finance:cancel_voucher", args=[voucher.pk])
        cast.accountant.fill(url, reason="重复录入")

    def reverse(self) -> None:
        """The accountant enters the opposite of what is posted."""
        cast, voucher = self._voucher(
            VoucherState.POSTED, reverses=None, reversals__isnull=True
        )
        url = reverse("finance:reverse_voucher", args=[voucher.pk])
        cast.accountant.fill(url, reason="记错金额")


class Cobuilding(Hands):
    """Projects are started, agreements drafted and signed on both sides."""

    def steps(self) -> list[Step]:
        """The steps."""
        signing: list[Step] = [self.sign_for_unit, self.sign_for_community] * 2
        return [self.start_project, self.draft, self.promise, self.promise, *signing]

    def _term(self) -> dict[str, Any]:
        first = today() - dt.timedelta(days=self.chance.randint(0, 40))
        return {"starts_on": first, "last_day": first + dt.timedelta(days=200)}

    def start_project(self) -> None:
        """A keeper starts a project with the unit."""
        cast = self.cast()
        values = {"organization": cast.community.pk, "unit": cast.unit.pk}
        values["tag"] = self.chance.choice(ProjectTag.values)
        url = reverse("communities:start_project")
        name = f"项目{self.number()}"
        self.keeper(cast).fill(url, name=name, **values, **self._term())

    def draft(self) -> None:
        """A keeper drafts an agreement with the unit."""
        cast = self.cast()
        values = {"organization": cast.community.pk, "unit": cast.unit.pk}
        url = reverse("cobuilding:draft_agreement")
        title = f"协议{self.number()}"
        self.keeper(cast).fill(url, title=title, **values, **self._term())

    def _agreement(self, *states: AgreementState) -> tuple[CommunityCast, Agreement]:
        cast = self.cast()
        rows = Agreement.objects.filter(organization=cast.community, state__in=states)
        return cast, self.one_of(rows.order_by("pk"))

    def promise(self) -> None:
        """A keeper writes a target into a draft."""
        cast, agreement = self._agreement(DRAFT)
        own = Project.objects.filter(organization=cast.community)
        values = {
            "project": self.one_of(own.order_by("pk")).pk,
            "indicator": "meetings_theme_days",
            "goal": "2",
            "due_on": agreement.ends_on - dt.timedelta(days=1),
            "owner_name": "孙丽",
        }
        url = reverse("cobuilding:add_target", args=[agreement.pk])
        self.keeper(cast).fill(url, **values)

    def sign_for_unit(self) -> None:
        """The liaison signs on the agreement's page."""
        cast, agreement = self._agreement(DRAFT, AgreementState.SIGNED_BY_COMMUNITY)
        link = reverse("cobuilding:sign_for_unit", args=[agreement.pk])
        cast.liaison.follow(agreement.get_absolute_url(), link)

    def sign_for_community(self) -> None:
        """The secretary signs on the agreement's page."""
        cast, agreement = self._agreement(DRAFT, AgreementState.SIGNED_BY_UNIT)
        link = reverse("cobuilding:sign_for_community", args=[agreement.pk])
        cast.secretary.follow(agreement.get_absolute_url(), link)


class Returns(Hands):
    """Returns are written, submitted, sent back and accepted; months close."""

    def steps(self) -> list[Step]:
        """The steps, those that happen often named more than once."""
        often: list[Step] = [*[self.submit] * 6, *[self.accept] * 6]
        return [*often, self.narrate, self.explain, self.take_back, self.send_back]

    def _return(self, *states: ReturnState) -> tuple[CommunityCast, MonthlyReturn]:
        cast = self.cast()
        rows = MonthlyReturn.objects.filter(
            organization=cast.community, month__lt=month_of(today()), state__in=states
        )
        row = rows.order_by("month").first()
        return cast, self.one_of([row] if row else [])

    def _open(self) -> tuple[CommunityCast, MonthlyReturn]:
        return self._return(ReturnState.DRAFT, ReturnState.RETURNED)

    def narrate(self) -> None:
        """The secretary writes the account of the month."""
        cast, row = self._open()
        url = reverse("reports:narrative", args=[row.pk])
        cast.secretary.fill(url, narrative=f"本月工作{self.number()}")

    def explain(self) -> None:
        """The secretary explains every adjustment there is, so that months balance."""
        cast, row = self._open()
        line = row.round.form.lines.get(indicator="adjustment")
        url = reverse("reports:line", args=[row.pk, line.pk])
        cast.secretary.fill(url, reason="补记上月变动")

    def submit(self) -> None:
        """The secretary submits the return; an adjustment is explained first."""
        cast, row = self._open()
        self.explained(cast, row)
        button = reverse("reports:submit", args=[row.pk])
        cast.secretary.press(row.get_absolute_url(), button)

    def explained(self, cast: CommunityCast, row: MonthlyReturn) -> None:
        """Explain the adjustment where there is one."""
        line = row.round.form.lines.get(indicator="adjustment")
        url = reverse("reports:line", args=[row.pk, line.pk])
        form = cast.secretary.page(url).form_to(url)
        assert form is not None
        if form.value("value") not in {"", "0"} and not form.value("reason"):
            cast.secretary.send(form, reason="补记上月变动")

    def take_back(self) -> None:
        """The secretary withdraws what was submitted."""
        cast, row = self._return(ReturnState.SUBMITTED)
        button = reverse("reports:withdraw", args=[row.pk])
        cast.secretary.press(row.get_absolute_url(), button)

    def send_back(self) -> None:
        """The staff return it for correction."""
        cast, row = self._return(ReturnState.SUBMITTED)
        url = reverse("reports:send_back", args=[row.pk])
        cast.staff.fill(url, reason="请核对党课")

    def accept(self) -> None:
        """The staff accept it; the month is closed."""
        cast, row = self._return(ReturnState.SUBMITTED)
        link = reverse("reports:accept", args=[row.pk])
        cast.staff.follow(row.get_absolute_url(), link)
