"""Rounds, returns and published months, made by the same actions as for users."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from core.months import today
from organizations.roles import Role
from reports.actions import (
    accept_return,
    answer_street,
    ask_for_filled_form,
    comment_on_number,
    extend_deadline,
    keep_form,
    map_cell,
    open_round,
    record_call,
    submit_return,
)
from reports.enums import ReturnState
from reports.models import (
    DeadlineExtension,
    FilledForm,
    MappedCell,
    MonthlyReturn,
    PublishedMonth,
    ReturnCall,
    ReturnComment,
    ReturnForm,
    ReturnFormLine,
    ReturnLine,
    ReturnRound,
    SuperiorForm,
)
from tests.factories.accounts import holder
from tests.factories.exchange import book, upload
from tests.factories.organizations import CommunityFactory, StreetFactory

JUNE = dt.date(2026, 6, 1)
JULY = dt.date(2026, 7, 1)


class ReturnFormFactory(DjangoModelFactory):
    """A form of its own, that no round uses yet."""

    class Meta:
        model = ReturnForm

    code = factory.Sequence(lambda n: f"form{n}")
    version = 1
    title = "另一张月报表"
    starts_on = dt.date(1999, 1, 1)


class ReturnFormLineFactory(DjangoModelFactory):
    """A line of a new form."""

    class Meta:
        model = ReturnFormLine

    form = factory.SubFactory(ReturnFormFactory)
    position = factory.Sequence(lambda n: n + 1)
    heading = "党员队伍"
    label = "本月末"
    indicator = "members_closing"
    unit = "人"


class ReturnRoundFactory(DjangoModelFactory):
    """A street's round of June, with a return for each community there is."""

    class Meta:
        model = ReturnRound

    organization = factory.SubFactory(StreetFactory)
    month = JUNE

    @classmethod
    def _create(cls, model_class, *args, organization, month):
        return open_round(organization, month, by=None)


class MonthlyReturnFactory(DjangoModelFactory):
    """The return of a new community, still a draft."""

    class Meta:
        model = MonthlyReturn

    organization = factory.SubFactory(CommunityFactory)
    month = JUNE

    @classmethod
    def _create(cls, model_class, *args, organization, month):
        open_round(organization.parent, month, by=None)
        return MonthlyReturn.objects.get(organization=organization, month=month)


class ReturnLineFactory(DjangoModelFactory):
    """The first line of a submitted return."""

    class Meta:
        model = ReturnLine

    monthly_return = factory.SubFactory(MonthlyReturnFactory)

    @classmethod
    def _create(cls, model_class, *args, monthly_return):
        return submit(monthly_return).lines.all()[0]


class DeadlineExtensionFactory(DjangoModelFactory):
    """A week more for the return of a new community, still a draft."""

    class Meta:
        model = DeadlineExtension

    monthly_return = factory.SubFactory(MonthlyReturnFactory)
    reason = "书记住院，副书记代填"

    @classmethod
    def _create(cls, model_class, *args, monthly_return, reason):
        street = monthly_return.organization.parent
        day = max(today(), monthly_return.round.due_on) + dt.timedelta(days=7)
        by = holder(Role.STREET_STAFF, street)
        return extend_deadline(monthly_return, due_on=day, reason=reason, by=by)


class ReturnCallFactory(DjangoModelFactory):
    """A call about the return of a new community, still a draft."""

    class Meta:
        model = ReturnCall

    monthly_return = factory.SubFactory(MonthlyReturnFactory)
    spoke_with = "王芳"

    @classmethod
    def _create(cls, model_class, *args, monthly_return, spoke_with):
        by = holder(Role.STREET_STAFF, monthly_return.organization.parent)
        return record_call(
            monthly_return, called_on=today(), spoke_with=spoke_with, by=by
        )


class ReturnCommentFactory(DjangoModelFactory):
    """A comment of the street on the first line of a submitted return."""

    class Meta:
        model = ReturnComment

    monthly_return = factory.SubFactory(MonthlyReturnFactory)
    text = "请与名册逐项核对"

    @classmethod
    def _create(cls, model_class, *args, monthly_return, text):
        row = submit(monthly_return)
        reviewer = holder(Role.STREET_STAFF, row.organization.parent)
        line = row.round.form.lines.all()[0]
        return comment_on_number(row, line, text=text, by=reviewer)


class PublishedMonthFactory(DjangoModelFactory):
    """What was published of a new community's return."""

    class Meta:
        model = PublishedMonth

    monthly_return = factory.SubFactory(MonthlyReturnFactory)

    @classmethod
    def _create(cls, model_class, *args, monthly_return):
        return publish(monthly_return)


def submit(monthly_return, by=None):
    """Submit a return unless it is submitted already; by its secretary by default."""
    if monthly_return.state == ReturnState.SUBMITTED:
        return monthly_return
    filer = by or holder(Role.SECRETARY, monthly_return.organization)
    if monthly_return.state == ReturnState.RETURNED:
        answer_street(monthly_return, answer="已与记录核对无误", by=filer)
    return submit_return(monthly_return, by=filer)


def publish(monthly_return, by=None):
    """Submit a return and accept it; return what was published."""
    reviewer = by or holder(Role.STREET_STAFF, monthly_return.organization.parent)
    return accept_return(submit(monthly_return), by=reviewer)


class SuperiorFormFactory(DjangoModelFactory):
    """A superior's form of a new street, with a label and a line to be ended."""

    class Meta:
        model = SuperiorForm

    organization = factory.SubFactory(StreetFactory)
    title = factory.Sequence(lambda n: f"党建工作统计表{n}")

    @classmethod
    def _create(cls, model_class, *args, organization, title):
        rows = {"统计表": [[title], ["党员总数", None], ["填报单位："]]}
        file = upload(book(rows), f"{title}.xlsx")
        by = holder(Role.STREET_STAFF, organization)
        return keep_form(file, title=title, organization=organization, by=by)


class MappedCellFactory(DjangoModelFactory):
    """The members at month end, in a cell of a new form."""

    class Meta:
        model = MappedCell

    form = factory.SubFactory(SuperiorFormFactory)

    @classmethod
    def _create(cls, model_class, *args, form):
        figure = {"content": "figure", "indicator": "members_closing"}
        by = holder(Role.STREET_STAFF, form.organization)
        return map_cell(form, (0, 2, 0), by=by, **figure)


class FilledFormFactory(DjangoModelFactory):
    """A form of a new street that a worker is to fill for the month."""

    class Meta:
        model = FilledForm

    form = factory.SubFactory(SuperiorFormFactory)

    @classmethod
    def _create(cls, model_class, *args, form):
        if not form.cells.exists():
            MappedCellFactory(form=form)
        by = holder(Role.STREET_STAFF, form.organization)
        month = today().replace(day=1)
        place = form.organization
        return ask_for_filled_form(form, organization=place, month=month, by=by)
