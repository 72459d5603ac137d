"""One search over everything: what each person finds, and what no address holds."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.registries.search import (
    SHOWN_OF_A_KIND,
    holds_number,
    search_everywhere,
    search_kinds,
)
from organizations.actions import change_organization
from organizations.models import Organization
from tests.access_matrix.base import PEOPLE
from tests.factories.cases import CaseFactory
from tests.factories.cobuilding import AgreementFactory
from tests.factories.communities import BodyFactory, MeetingFactory, ProjectFactory
from tests.factories.documents import DocumentFactory, DraftFactory
from tests.factories.finance import FundFactory, IncomeFactory, posted
from tests.factories.members import DevelopmentFactory, MemberFactory
from tests.factories.organizations import BranchFactory, CommunityFactory, UnitFactory
from tests.factories.volunteering import PostFactory
from tests.members.test_finding import PHONE
from tests.test_access_matrix import signed_in

pytestmark = pytest.mark.django_db
SOUGHT = "青松"
NUMBER = "1"  # of the first voucher of each fund


def make_voucher(place):
    return posted(IncomeFactory(fund=FundFactory(organization=place)))


MAKERS = {
    "cobuilding.agreements": lambda place: AgreementFactory(
        organization=place, title=SOUGHT
    ),
    "communities.bodies": lambda place: BodyFactory(organization=place, name=SOUGHT),
    "communities.projects": lambda place: ProjectFactory(
        organization=place, name=SOUGHT
    ),
    "cases.cases": lambda place: CaseFactory(organization=place, title=SOUGHT),
    "communities.meetings": lambda place: MeetingFactory(
        organization=BranchFactory(parent=place), topic=SOUGHT
    ),
    "exchange.publications": lambda place: DraftFactory(
        organization=place, title=SOUGHT
    ),
    "exchange.documents": lambda place: DocumentFactory(
        organization=place, title=SOUGHT
    ),
    "finance.vouchers": make_voucher,
    "members.developments": lambda place: DevelopmentFactory(
        organization=BranchFactory(parent=place), name=SOUGHT
    ),
    "members.members": lambda place: MemberFactory(
        organization=BranchFactory(parent=place), name=SOUGHT
    ),
    "organizations.organizations": lambda place: CommunityFactory(
        parent=place.parent, name=f"{SOUGHT}{place.children.count()}{place.pk}"
    ),
    "organizations.units": lambda place: UnitFactory(host=place, name=SOUGHT),
    "volunteering.posts": lambda place: PostFactory(organization=place, title=SOUGHT),
}
WITHOUT_ROWS = {"config.pages"}
PUBLIC = {"volunteering.posts"}


def text_for(kind):
    """What is typed to find the rows that `MAKERS` made of a kind."""
    return NUMBER if kind.key == "finance.vouchers" else SOUGHT


def test_every_kind_is_tried():
    assert {kind.key for kind in search_kinds} == {*MAKERS} | WITHOUT_ROWS


@pytest.mark.parametrize("key", sorted(MAKERS))
def test_nobody_finds_what_they_may_not_see(key, world):
    kind, wrong = search_kinds.get(key), []
    own, foreign = (MAKERS[key](c) for c in (world.community, world.other_community))
    finders = set()

    for person in PEOPLE[1:]:
        user = world.people[person]
        rows = [*kind.find(user, text_for(kind))] if kind.permitted(user) else []
        browser = signed_in(user)
        opened = [browser.get(kind.show(row).url).status_code for row in rows]
        seen = {*type(own).objects.visible_to(user)}
        found = {*rows} & {own, foreign}
        finders |= {person} if found else set()
        if set(opened) - {200} or found - seen:
            wrong.append((person, opened))
        if kind.permitted(user) and found != {own, foreign} & seen:
            wrong.append((person, "does not find what they may see"))
        strangers = {person} & {"clerk_elsewhere", "staff_elsewhere"}
        if key not in PUBLIC and person != "officer" and len(found) == 2:
            wrong.append((person, "finds both streets"))
        if strangers and own in found and key not in PUBLIC:
            wrong.append((person, "finds the other street's"))

    assert wrong == []
    assert {"staff", "staff_elsewhere", "officer"} - finders <= (
        {"officer"} if key.startswith(("members.", "cases.")) else set()
    )


@pytest.mark.parametrize(
    "key", sorted(k.key for k in search_kinds if k.list_address is not None)
)
def test_the_list_holds_all_that_were_found(key, world):
    kind, staff = search_kinds.get(key), world.people["staff"]
    for _row in range(SHOWN_OF_A_KIND + 1):
        MAKERS[key](CommunityFactory(parent=world.street))

    (found,) = (
        one
        for one in search_everywhere(staff, text_for(kind))
        if one.label == kind.label
    )

    listed = signed_in(staff).get(found.list_url).context["table"]
    assert (found.count, found.is_cut) == (SHOWN_OF_A_KIND + 1, True)
    assert len(listed.rows) == found.count
    assert len(found.hits) == SHOWN_OF_A_KIND


def test_many_rows_of_a_kind_cost_one_query_more_than_one_row(world):
    address = reverse("accounts:search")
    browser = signed_in(world.people["staff"])

    def grow_to(rows):
        for _row in range(rows):
            place = CommunityFactory(parent=world.street)
            for key in sorted({*MAKERS} - {"finance.vouchers"}):
                MAKERS[key](place)

    def cost():
        browser.get(address, {"q": SOUGHT})
        with CaptureQueriesContext(connection) as queries:
            answer = browser.get(address, {"q": SOUGHT})
        return len(queries), len(answer.context["found"])

    grow_to(1)
    queries, kinds = cost()
    grow_to(2 * SHOWN_OF_A_KIND)

    assert kinds == len({*MAKERS} - {"finance.vouchers"})
    assert cost() == (queries + kinds, kinds)  # each kind is counted besides


@pytest.mark.parametrize(
    "typed", [PHONE, "139 0000 1234", "１３９00001234", "0710-6322201"]
)
def test_a_number_is_not_searched_for_and_stands_in_no_address(world, typed):
    browser = signed_in(world.people["staff"])

    answer = browser.post(reverse("accounts:search"), {"q": typed})

    assert (answer.status_code, answer.context["lookup_url"]) == (
        200,
        reverse("members:find"),
    )
    assert typed not in answer.content.decode()
    assert "found" not in answer.context


def test_an_address_with_a_number_finds_nothing_either(world):
    MemberFactory(organization=world.branch, phone=PHONE)

    answer = signed_in(world.people["member"]).get(
        reverse("accounts:search"), {"q": PHONE}
    )

    assert (answer.context["number"], answer.context["lookup_url"]) == (True, "")
    assert "found" not in answer.context


@pytest.mark.parametrize(
    ("text", "expected"),
    [("17", False), ("社党〔2026〕12号", False), ("110101 19900307 123X", True)],
)
def test_what_may_be_a_number_of_a_person_is_told_apart(text, expected):
    assert holds_number(text) is expected


@pytest.mark.parametrize("typed", ["李明", "liming", "lm", " LM "])
def test_a_member_is_found_by_name_pinyin_and_initials(world, typed):
    browser = signed_in(world.people["secretary"])

    result = browser.post(reverse("accounts:search"), {"q": typed}, follow=True)

    pages = [hit.url for kind in result.context["found"] for hit in kind.hits]
    assert world.member.get_absolute_url() in pages
    assert world.member.phone not in result.content.decode()
    assert world.member.id_number not in result.content.decode()


@pytest.mark.parametrize("typed", ["1", "#1", "第1号", "记字第 1 号", "第 1 号凭证"])
def test_a_voucher_is_found_by_its_number_as_it_is_written(world, typed):
    voucher = make_voucher(world.community)

    (found,) = search_everywhere(world.people["accountant"], typed)

    assert [hit.url for hit in found.hits] == [voucher.get_absolute_url()]


def test_the_page_names_what_the_person_may_search_for(world):
    for person, seen in (("accountant", True), ("member", False)):
        page = signed_in(world.people[person]).get(reverse("accounts:search"))

        assert ("凭证" in page.context["kinds"]) is seen


def test_pages_are_found_by_their_names_in_the_reader_s_own_menu(world):
    def pages_of(person):
        found = search_everywhere(world.people[person], "通讯录") + search_everywhere(
            world.people[person], "经费"
        )
        return [hit.url for kind in found for hit in kind.hits if not hit.note]

    assert pages_of("accountant") == [reverse("finance:list")]
    assert pages_of("branch_secretary") == []


def test_a_list_outside_the_menu_is_found_by_whoever_may_open_it(world):
    def pages_of(person):
        found = search_everywhere(world.people[person], "后备人选")
        return [hit.url for kind in found for hit in kind.hits]

    assert pages_of("staff") == [reverse("communities:reserves")]
    assert pages_of("member") == []


def test_an_organization_is_found_by_what_it_was_called_before(world):
    community = world.community
    former = community.name
    change_organization(
        community, name="青松社区", full_name="中共青松社区委员会", by=None
    )

    found = search_everywhere(world.people["staff"], former)

    (hit,) = [
        h
        for kind in found
        for h in kind.hits
        if h.url == Organization.objects.get(pk=community.pk).get_absolute_url()
    ]
    assert hit.label == "青松社区"
    assert f"曾用名：{former}" in str(hit.note)


@pytest.mark.parametrize("typed", ["qingsong", "qsxx", "QSXX"])
def test_a_unit_is_found_by_the_pinyin_of_its_name(world, typed):
    unit = UnitFactory(host=world.community, name="青松小学")

    found = search_everywhere(world.people["staff"], typed)

    pages = [hit.url for kind in found for hit in kind.hits]
    assert unit.get_absolute_url() in pages
    listed = signed_in(world.people["staff"]).get(
        reverse("organizations:units"), {"name": typed}
    )
    assert [row.record for row in listed.context["table"].rows] == [unit]


@pytest.mark.parametrize("text", ["", "  ", "a" * 51, "%_'\"<b>"])
def test_odd_words_find_nothing_and_break_nothing(world, text):
    browser = signed_in(world.people["staff"])

    sent = browser.post(reverse("accounts:search"), {"q": text}, follow=True)
    asked = browser.get(reverse("accounts:search"), {"q": text})

    assert [sent.status_code, asked.status_code] == [200, 200]
    assert not asked.context.get("found")


def test_words_too_long_to_search_for_are_answered_so(world):
    browser = signed_in(world.people["staff"])

    page = browser.post(reverse("accounts:search"), {"q": "青" * 51})

    assert "50" in page.content.decode()
    assert "found" not in page.context
