"""The people of two streets, each with a browser."""

import datetime as dt
import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from django.contrib.messages import ERROR
from django.test import Client

from members.models import Member
from organizations.models import Organization
from organizations.roles import Role
from tests.factories.accounts import holder
from tests.factories.finance import FundFactory
from tests.factories.members import MemberFactory, account_of
from tests.factories.organizations import (
    BranchFactory,
    CommunityFactory,
    OrganizationFactory,
    StreetFactory,
    UnitFactory,
)
from tests.html import Form, Page, read

LATELY = dt.date(2026, 2, 1)
"""Since when the first members count: earlier months would be counted for nothing."""
BACKEND = "accounts.backends.UsernameOrPhone"


class Refused(Exception):
    """The page refused, with the message that it shows."""


class Visitor:
    """A person at a browser: opens pages and sends the forms that they show.

    The browser is Django's own and enforces CSRF: every token that a form needs comes
    from the page.
    """

    def __init__(self, user: Any) -> None:
        self.user = user
        self.client = Client(enforce_csrf_checks=True)
        self.signed_in = False

    def get(self, url: str) -> Any:
        """Open a page that is there and open to the visitor.

        Whose account was closed and opened again, as by a voided end, signs in again.
        """
        if not self.signed_in:
            self.sign_in()
        answer = self.client.get(url, follow=True)
        if answer.wsgi_request.user.is_anonymous and self.may_sign_in():
            self.sign_in()
            answer = self.client.get(url, follow=True)
        assert answer.status_code == 200, f"{answer.status_code} at {url}"
        return answer

    def sign_in(self) -> None:
        """Sign in."""
        self.signed_in = True
        self.client.force_login(self.user, backend=BACKEND)

    def may_sign_in(self) -> bool:
        """Whether the visitor's account is open."""
        self.user.refresh_from_db()
        return bool(self.user.is_active)

    def page(self, url: str) -> Page:
        """Open a page and read its forms and links."""
        return read(self.get(url))

    def send(self, form: Form, **values: Any) -> None:
        """Press the form's button; raises `Refused` with what the page says."""
        answer = self.client.post(form.action, form.sent(**values))
        assert answer.status_code in {200, 302, 409}, f"{answer.status_code}: {form}"
        if answer.status_code != 302:
            raise Refused(_complaints(answer) or "shown again")
        queued = answer.wsgi_request._messages._queued_messages  # for the next page
        errors = [str(message) for message in queued if message.level >= ERROR]
        if errors:
            raise Refused("; ".join(errors))

    def fill(self, url: str, **values: Any) -> None:
        """Open the page of a form, fill it in, and send it."""
        answer = self.get(url)
        own = answer.request["PATH_INFO"]
        own_forms = (f for f in read(answer).posting() if f.action == own)
        form = next(own_forms, None)
        assert form is not None, f"no form at {url}"
        self.send(form, **values)

    def follow(self, url: str, link: str, **values: Any) -> None:
        """Follow a page's link to what asks first, and say yes to it.

        The link may carry what the page showed.
        """
        offered = re.compile(rf'href="({re.escape(link)}(?:\?[^"]*)?)"')
        found = offered.search(self.get(url).content.decode())
        if found is None:
            raise Refused(f"{link} is not offered")
        self.fill(unescape(found[1]), **values)

    def press(self, url: str, button: str) -> None:
        """Press a button of a page; one that is not there cannot be pressed."""
        form = self.page(url).form_to(button)
        if form is None:
            raise Refused(f"{button} is not offered")
        self.send(form)


def _complaints(answer: Any) -> str:
    form = answer.context.get("form") or getattr(
        answer.context.get("adminform"), "form", None
    )
    return "; ".join(
        f"{name}: {', '.join(words)}" for name, words in form.errors.items()
    )


@dataclass
class CommunityCast:
    """A community with its branches, its offices and its fund."""

    community: Organization
    branches: list[Organization]
    secretary: Visitor
    clerk: Visitor
    staff: Visitor
    accountant: Visitor
    cashier: Visitor
    fund: Any
    unit: Any
    liaison: Visitor


@dataclass
class World:
    """One city, two streets, three communities, and members with a phone."""

    city: Organization
    streets: dict[int, Visitor]
    casts: list[CommunityCast]
    officer: Visitor
    phones: dict[int, Visitor] = field(default_factory=dict)


def build_world() -> World:
    """Build the tree and its people; all that counts is done through pages later.

    A handful of members stand on the rolls beforehand, so that there is somebody to
    chair the first meeting; each community has two with a phone, and one in service.
    """
    city = OrganizationFactory(name="临江市")
    world = World(city, {}, [], Visitor(holder(Role.CITY_OFFICER, city)))
    for name, communities in (("长安", ("东", "西")), ("望江", ("柳岸",))):
        street = StreetFactory(name=f"{name}街道", parent=city)
        staff = Visitor(holder(Role.STREET_STAFF, street))
        world.streets[street.pk] = staff
        world.casts += [_cast(one, street, staff) for one in communities]
    for cast in world.casts:
        _settle(world, cast)
    return world


def _cast(name: str, street: Organization, staff: Visitor) -> CommunityCast:
    community = CommunityFactory(name=f"{name}社区", parent=street)
    branches = [
        BranchFactory(name=f"{name}第{n}支部", parent=community) for n in ("一", "二")
    ]
    unit = UnitFactory(name=f"{name}中学", host=community)

    def keeper(code: Role) -> Visitor:
        return Visitor(holder(code, community))

    return CommunityCast(
        community,
        branches,
        keeper(Role.SECRETARY),
        keeper(Role.CLERK),
        staff,
        keeper(Role.ACCOUNTANT),
        keeper(Role.CASHIER),
        FundFactory(organization=community),
        unit,
        Visitor(holder(Role.LIAISON, unit=unit)),
    )


def _settle(world: World, cast: CommunityCast) -> None:
    one, other = cast.branches
    members = MemberFactory.create_batch(3, organization=one, starts_on=LATELY)
    MemberFactory.create_batch(2, organization=other, starts_on=LATELY, sex="2")
    with_phone: list[Member] = [*members[:2], MemberFactory(in_service=True)]
    for member in with_phone:
        world.phones[member.pk] = Visitor(account_of(member))
