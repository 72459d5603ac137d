"""Who answers for a community, from the street's liaison to the residents' groups."""

import pytest
from django.urls import reverse

from communities.actions import open_seat, serve_place
from communities.models import BodyKind
from organizations.roles import Role
from tests.exports import body as content_of
from tests.exports import read_book
from tests.factories.accounts import holder
from tests.factories.communities import BodyFactory, SeatHoldingFactory
from tests.factories.members import MemberFactory
from tests.factories.organizations import CommunityFactory

FIRST = "2026-03-01"


def body_of(place, code):
    """A body of one of the kinds that are shipped."""
    return BodyFactory(organization=place, kind=BodyKind.objects.get(code=code))


def seat_in(body, name=None):
    """A seat of a body, opened if there is none yet."""
    kind = body.kind.seat_kinds.order_by("position")
    kind = kind.get(name=name) if name else kind[0]
    found = body.seats.filter(kind=kind).first()
    return found or open_seat(body, kind, by=None)


def hold(seat, name, **values):
    """Let a member of this name and phone hold the seat."""
    member = MemberFactory(name=name, **values)
    return SeatHoldingFactory(seat=seat, member=member)


def lines_of(page):
    """The label, name and phone of each line of the list."""
    rows = page.context["table"].data
    return [(str(row.label), str(row.name), row.phone) for row in rows]


@pytest.fixture
def chain(enter, secretary, east):
    """The page of the community's chain, as its secretary opens it."""
    url = reverse("communities:chain", args=[east.pk])
    return lambda **asked: enter(secretary).get(url, asked)


@pytest.mark.mission("S1-28")
def test_the_chain_names_who_answers_at_each_link(chain, street, east, branch):
    team = body_of(street, "liaisons")
    sent = hold(seat_in(team), "赵国", phone="13800001111")
    serve_place(sent, organization=east, starts_on=sent.starts_on, by=None)
    office = body_of(east, "community_committee")
    leader = office.seats.get(kind__leads=True)
    hold(leader, "钱丽", organization=branch, phone="13800002222")
    grids = body_of(east, "grid_workers")
    hold(seat_in(grids), "孙强", organization=branch)
    groups = body_of(east, "residents_assembly")
    hold(seat_in(groups, "居民小组长"), "李芳", organization=branch)

    lines = lines_of(chain())

    named = {(label, name): phone for label, name, phone in lines if name != "空缺"}
    assert [*named] == [
        ("街道党建联络员", "赵国"),
        ("社区党组织书记", "钱丽"),
        ("网格员", "孙强"),
        ("居民小组长", "李芳"),
    ]
    assert named["社区党组织书记", "钱丽"] == "138****2222"
    assert named["街道党建联络员", "赵国"] == ""  # not a member whom this reader sees


def test_blanks_are_shown_with_what_to_do(chain, east):
    page = chain()

    assert [name for _label, name, _phone in lines_of(page)] == ["空缺"] * 4
    way = f"{reverse('communities:bodies')}?organization={east.pk}"
    assert page.content.decode().count(f'href="{way}"') == 4


def test_a_vacant_seat_leads_to_its_body(chain, east):
    office = body_of(east, "community_committee")

    page = chain().content.decode()

    assert f'<a href="{office.get_absolute_url()}">请登记这个席位的任职。</a>' in page


def test_a_liaison_of_another_community_is_not_in_the_chain(chain, street, east):
    team = body_of(street, "liaisons")
    sent = hold(seat_in(team), "赵国")
    other = CommunityFactory(parent=street)
    serve_place(sent, organization=other, starts_on=sent.starts_on, by=None)

    assert lines_of(chain())[0][1] == "空缺"


def test_a_liaison_who_serves_no_place_in_particular_answers_for_all(chain, street):
    hold(seat_in(body_of(street, "liaisons")), "赵国")

    assert lines_of(chain())[0][1] == "赵国"


def test_the_chain_is_printed_and_leaves_as_a_file(chain, enter, secretary, east):
    office = body_of(east, "community_committee")
    hold(office.seats.get(kind__leads=True), "钱丽")

    book = read_book(content_of(chain(export="xlsx")))
    url = reverse("communities:chain_paper", args=[east.pk])
    paper = enter(secretary).get(url).content.decode()

    assert [row["姓名"] for row in book].count("钱丽") == 1
    assert "钱丽" in paper
    assert east.full_name in paper


def test_the_community_and_its_bodies_lead_to_the_chain(enter, secretary, east):
    office = body_of(east, "community_committee")
    url = reverse("communities:chain", args=[east.pk])

    for page in (east.get_absolute_url(), office.get_absolute_url()):
        assert f'href="{url}"' in enter(secretary).get(page).content.decode()


def test_who_reads_no_names_sees_no_chain(enter, city, east):
    officer = enter(holder(Role.CITY_OFFICER, city))

    answer = officer.get(reverse("communities:chain", args=[east.pk]))

    assert answer.status_code == 403
    assert "责任链" not in officer.get(east.get_absolute_url()).content.decode()
