"""Questions about a place in a month, answered as short lists for those responsible.

Each answer names a few places or members, those of whom the question asks first, and
leads to the page with all of them. No answer leaves the system, and none is a ranking:
places without a number to compare are left out, not put last.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from core.actors import Actor
from core.dates import format_day, format_month
from core.db.tree import path_range
from core.months import today
from core.numbers import percent_of
from core.text import StrOrPromise
from figures.coverage import Share, coverages, shares_by_child
from figures.drilldown import ratio_url
from figures.formatting import format_difference
from figures.ratios import ratios, read_ratios
from figures.sums import ZERO, sum_by_child
from members.models import Member
from organizations.models import Organization
from organizations.month_tree import OrganizationAt, children_of, get_organization_at
from reports.dashboards.growth import read_past_totals
from reports.models import MonthlyReturn
from reports.returns.balance import CLOSING

NAMED = 5
"""So many are named; the page behind has all of them."""
CHECKED = "members_served_share"


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """A place or a member, and what is to be said of it."""

    name: StrOrPromise
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A question, the first lines of its answer, and the page with all of them."""

    question: str
    lines: Sequence[AnswerLine]
    url: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What the questions are about: a place in a month, and who asks."""

    organization: Organization
    place: OrganizationAt
    month: dt.date
    reader: Actor


def answer_questions(asked: Asked) -> Iterator[Answer]:
    """Yield the answers, each by a few queries however many places lie below."""
    pk, month = asked.organization.pk, asked.month
    children = children_of(asked.place, month)
    yield Answer(
        _("Who has been a member longest?"),
        list(_oldest(asked)),
        f"{reverse('members:list')}?organization={pk}",
    )
    yield Answer(
        _("Where does the membership grow fastest?"),
        list(_fastest(asked, children)),
        reverse("reports:changes", args=[pk, month]),
    )
    yield Answer(
        _("Whose returns were late this year?"),
        list(_latest(asked)),
        reverse("reports:returns"),
    )
    yield Answer(
        _("Where do the fewest of those checked in serve?"),
        list(_lowest(asked, children)),
        ratio_url(pk, month, CHECKED),
    )
    yield Answer(
        _("What is covered least today?"),
        list(_least_covered(asked.organization)),
        reverse("reports:coverage_of", args=[pk]),
    )


def _oldest(asked: Asked) -> Iterator[AnswerLine]:
    rows = Member.objects.visible_to(asked.reader).current()
    here = rows.filter(path_range("organization", asked.organization.path))
    known = here.exclude(join_date=None).order_by("join_date", "pk")
    for member in known.distinct()[:NAMED]:
        if member.join_date is not None:
            day = format_day(member.join_date)
            yield AnswerLine(member.name, day, member.get_absolute_url())


def _fastest(asked: Asked, children: Sequence[OrganizationAt]) -> Iterator[AnswerLine]:
    """Yield who grew most in per cent since a year ago, or since the records began."""
    pk = asked.organization.pk
    recent = read_past_totals(pk, asked.month, CLOSING).recent
    former = get_organization_at(pk, recent.month) if recent else None
    if recent is None or former is None:
        return
    since = recent.month
    now = sum_by_child(asked.place, asked.month, [CLOSING])
    then = sum_by_child(former, since, [CLOSING])
    paths = {child.pk: child.path for child in children_of(former, since)}
    grown = []
    for child in children:
        value = now.get(child.path, {}).get(CLOSING, ZERO)
        before = then.get(paths.get(child.pk, ""), {}).get(CLOSING, ZERO)
        percent = percent_of(value - before, before)
        if percent is not None and value > before:
            grown.append((percent, value - before, child))
    for percent, more, child in _first(grown):
        words = _("%(difference)s (%(percent)s %%) since %(month)s") % {
            "difference": format_difference(CLOSING, more),
            "percent": f"+{percent}",
            "month": format_month(since),
        }
        url = reverse("reports:changes", args=[child.pk, asked.month])
        yield AnswerLine(child.name, words, url)


def _first(
    rows: Iterable[tuple[Decimal, Decimal, OrganizationAt]],
) -> list[tuple[Decimal, Decimal, OrganizationAt]]:
    return sorted(rows, key=lambda row: (-row[0], row[2].path))[:NAMED]


def _latest(asked: Asked) -> Iterator[AnswerLine]:
    rows = MonthlyReturn.objects.visible_to(asked.reader).filter(
        path_range("organization", asked.organization.path),
        month__year=asked.month.year,
        month__lte=asked.month,
    )
    late: Counter[tuple[str, str]] = Counter()
    for row in rows.select_related("round", "organization"):
        if row.is_overdue or (not row.is_open and row.days_late):
            late[row.organization.path, row.organization.name] += 1
    ordered = sorted(late.items(), key=lambda item: (-item[1], item[0]))
    for (_path, name), count in ordered[:NAMED]:
        url = f"{reverse('reports:returns')}?community={name}"
        yield AnswerLine(name, _("%(count)s times") % {"count": count}, url)


def _lowest(asked: Asked, children: Sequence[OrganizationAt]) -> Iterator[AnswerLine]:
    found = read_ratios([ratios.get(CHECKED)], asked.place, children, asked.month)
    known = [
        (one.value, child.path, child, one)
        for child in children
        if (one := found.by_child[child.path][CHECKED]).value is not None
    ]
    for _value, _path, child, one in sorted(known, key=lambda row: row[:2])[:NAMED]:
        text = f"{one.text}（{one.numerator}/{one.denominator}）"
        yield AnswerLine(child.name, text, ratio_url(child.pk, asked.month, CHECKED))


def _least_covered(place: Organization) -> Iterator[AnswerLine]:
    shares = shares_by_child(coverages, place, today())
    lacking = []
    for coverage in coverages:
        share = sum(shares[coverage.key].values(), Share())
        if share.percent is not None and share.missing:
            lacking.append((share.percent, coverage.key, coverage, share))
    for percent, key, coverage, share in sorted(lacking, key=lambda x: x[:2])[:NAMED]:
        text = f"{share.covered}/{share.expected}（{percent} %）"
        url = reverse("reports:lacking", args=[place.pk, key])
        yield AnswerLine(coverage.label, text, url)
