"""Forms of accountants and cashiers."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from communities.models import Project
from core.dates import format_day
from core.months import today
from core.text import StrOrPromise
from core.web.forms import AskedOnce, DayField, KeyedForm, VersionedForm
from finance.bounds import MAX_AMOUNT, MAX_PAPERS
from finance.enums import IncomeSource, Payer, VoucherKind
from finance.models import Fund, FundUse, Voucher
from finance.money import CENT, format_yuan, read_yuan

ALIKE = _(
    "A voucher with the same amount and payee is entered already: %(vouchers)s. If this"
    " is another paper, tick below and submit again; who reviews it sees both."
)
MOST_ALIKE = 3
"""How many alike vouchers a question names."""


def describe_alike(voucher: Voucher) -> str:
    """Name a voucher by its day, itself and how far it has come."""
    day, state = format_day(voucher.happened_on), voucher.get_state_display()
    return f"{day} {voucher}（{state}）"


class YuanField(forms.Field):
    """An amount as people type it; ambiguous input is refused, never guessed."""

    default_error_messages = {
        "invalid": _("Write the amount in yuan with at most two decimals: 1234.50.")
    }

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off"}
        super().__init__(widget=forms.TextInput(attrs=attrs), **kwargs)
        self.validators = [MinValueValidator(CENT), MaxValueValidator(MAX_AMOUNT)]

    def to_python(self, value: Any) -> Decimal | None:
        if value in self.empty_values:
            return None
        amount = read_yuan(str(value))
        if amount is None:
            raise forms.ValidationError(self.error_messages["invalid"], "invalid")
        return amount


class UseField(forms.ModelChoiceField):
    """A use of the fund; entries of the negative list are marked as such."""

    def label_from_instance(self, obj: Any) -> str:
        if obj.is_allowed:
            return str(obj)
        return str(_("%(use)s (negative list: refused)") % {"use": obj})


class VoucherFormBase(VersionedForm):
    """A voucher's form; the rows it may offer are passed in by field name."""

    def __init__(
        self, *args: Any, fund: Fund, choices: dict[str, Any], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fund = fund
        for name, field in self.fields.items():
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = choices[name]


class VoucherForm(AskedOnce, VoucherFormBase):
    """What income and expenditure have in common."""

    kind: ClassVar[VoucherKind]
    happened_on = DayField(label=_("Day on the paper"), initial=today, past=True)
    amount = YuanField(label=_("Amount (yuan)"))
    purpose = forms.CharField(label=_("Voucher summary"), max_length=120)
    counterparty = forms.CharField(
        label=_("Received from or paid to"), max_length=80, required=False
    )
    papers = forms.IntegerField(
        label=_("Papers attached"), min_value=0, max_value=MAX_PAPERS, initial=0
    )
    project = forms.ModelChoiceField(
        Project.objects.none(), label=_("For the co-building project"), required=False
    )

    def questions(self) -> Iterator[StrOrPromise]:
        """Ask about a voucher that may be of the same paper."""
        yield from super().questions()
        columns = ("happened_on", "amount", "purpose", "counterparty")
        values = {name: self.cleaned_data[name] for name in columns}
        pk = self.over.pk if self.over is not None else None
        entered = Voucher(pk=pk, fund=self.fund, kind=self.kind, **values)
        alike = list(self.fund.vouchers.resembling(entered)[:MOST_ALIKE])
        if alike:
            yield ALIKE % {"vouchers": "；".join(describe_alike(v) for v in alike)}


class IncomeForm(VoucherForm):
    """Money that came in."""

    kind = VoucherKind.INCOME
    source = forms.ChoiceField(
        label=_("Source of income"), choices=[("", "—"), *IncomeSource.choices]
    )
    is_recurring = forms.BooleanField(label=_("Comes every year"), required=False)
    booked_on = DayField(
        label=_("Day of booking"),
        past=True,
        required=False,
        help_text=_(
            "Leave empty to book it on its own day. Where that month is closed, choose"
            " a day of an open month."
        ),
    )
    field_order = [
        *("happened_on", "booked_on", "amount", "source", "is_recurring", "purpose"),
    ]


class ExpenditureForm(VoucherForm):
    """Money that goes out."""

    kind = VoucherKind.EXPENDITURE
    use = UseField(FundUse.objects.none(), label=_("Use"))
    decision = forms.CharField(
        label=_("Meeting and decision"),
        max_length=120,
        help_text=_("Which meeting decided on it, and when."),
    )
    field_order = ["happened_on", "amount", "use", "decision", "purpose"]

    def questions(self) -> Iterator[StrOrPromise]:
        """Ask about money that the fund did not hold on that day, or promised already.

        More than the fund holds today is refused by the action.
        """
        yield from super().questions()
        day, amount = self.cleaned_data["happened_on"], self.cleaned_data["amount"]
        if amount > self.fund.balance:
            return
        lowest = self.fund.lines.lowest_since(day)
        if amount > lowest.amount:
            yield _(
                "By the days of its vouchers, the fund held only %(balance)s yuan at"
                " the end of %(lowest)s. If the money was paid by then, check day and"
                " amount, or have the missing income entered first; if it is paid"
                " later, tick below and submit again."
            ) % {
                "balance": format_yuan(lowest.amount),
                "lowest": format_day(lowest.day),
            }
        promised = self._amount_promised()
        if amount > self.fund.balance - promised:
            yield _(
                "The fund holds %(balance)s yuan, of which other vouchers under way"
                " will take %(promised)s, so the rest does not cover this one. If it"
                " is to go on all the same, tick below and submit again."
            ) % {
                "balance": format_yuan(self.fund.balance),
                "promised": format_yuan(promised),
            }

    def _amount_promised(self) -> Decimal:
        """Return what the fund's other vouchers under way will take, in yuan."""
        others = self.fund.vouchers.under_way().withdrawing()
        if self.over is not None:
            others = others.exclude(pk=self.over.pk)
        return others.total_amount()


class ReversalForm(VoucherFormBase):
    """A reversal has its original's amount; only day and reason are its own."""

    happened_on = DayField(label=_("Date of the reversal"), past=True)
    purpose = forms.CharField(label=_("Reason"), max_length=120)


FORMS = {
    VoucherKind.INCOME: IncomeForm,
    VoucherKind.EXPENDITURE: ExpenditureForm,
    VoucherKind.REVERSAL: ReversalForm,
}


class DuesForm(forms.Form):
    """What a member's dues are calculated from."""

    payer = forms.ChoiceField(label=_("Kind of payer"), choices=Payer.choices)
    base = YuanField(
        label=_("Monthly income (yuan)"),
        required=False,
        help_text=_(
            "Regular monthly wage or pension after tax; not needed for fixed amounts."
        ),
    )
    on = DayField(label=_("By the rates of"), initial=today)


class PaymentForm(forms.Form):
    """On which day an approved expenditure was paid; asked beside the button."""

    paid_on = DayField(label=_("Day of payment"), initial=today, past=True)


class ReverseForm(KeyedForm):
    """Day and reason of a reversal."""

    happened_on = DayField(label=_("Date of the reversal"), initial=today, past=True)
    reason = forms.CharField(label=_("Reason"), max_length=120)
