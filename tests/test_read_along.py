"""What was added or changed beside a page's own row while somebody read it."""

import pytest
from django.urls import reverse

from cases.models import Case
from exchange.models import Document, Publication
from members.models import Member, Transfer
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory, CaseStepFactory
from tests.factories.documents import DocumentFactory, DraftFactory
from tests.factories.members import MemberFactory, TransferFactory
from tests.factories.organizations import StreetFactory
from tests.html import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, staff):
    """The browser of the street's staff."""
    client.force_login(staff)
    return client


def opened(desk, name, row):
    """The address of a form and what it sends as it is opened."""
    url = reverse(name, args=[row.pk])
    return url, read(desk.get(url)).form_to(url)


def test_a_case_is_not_settled_past_a_step_that_was_recorded_meanwhile(desk, east):
    case = CaseFactory(organization=east)
    url, form = opened(desk, "cases:answer", case)
    CaseStepFactory(case=case)

    answer = desk.post(url, form.sent(answer="已解决"))

    assert answer.status_code == 409
    assert Case.objects.get(pk=case.pk).is_open


@pytest.fixture
def draft(east):
    """A draft of somebody else about a document of the community."""
    document = DocumentFactory(organization=east, title="议事规则")
    return DraftFactory(organization=east, document=document, by=UserFactory())


def test_who_approves_a_publication_reads_the_document_behind_it(desk, draft):
    url, form = opened(desk, "exchange:approve_publication", draft)
    assert "议事规则（社党〔2026〕1号）" in desk.get(url).content.decode()
    Document.objects.update(title="另一规则")

    answer = desk.post(url, form.sent(checked="on"))

    assert answer.status_code == 409
    assert "另一规则" in answer.content.decode()
    assert Publication.objects.get(pk=draft.pk).approved_at is None
    desk.post(url, read(answer).form_to(url).sent(checked="on"))
    assert "另一规则" in Publication.objects.get(pk=draft.pk).public_basis


@pytest.fixture
def proposed(branch):
    """Two members proposed from one street to the same place."""
    to = StreetFactory()
    members = MemberFactory.create_batch(2, organization=branch)
    return [TransferFactory(member=one, to=to) for one in members]


def test_a_letter_names_the_others_as_they_were_read(desk, proposed):
    own, other = proposed
    url, form = opened(desk, "members:issue_letter", own)
    Member.objects.filter(pk=other.member_id).update(name="改名")

    answer = desk.post(url, form.sent(others=[other.pk]))

    assert answer.status_code == 409
    assert {*Transfer.objects.values_list("state", flat=True)} == {"proposed"}


def test_who_stays_off_a_letter_keeps_nobody_from_issuing_it(desk, proposed):
    own, other = proposed
    url, form = opened(desk, "members:issue_letter", own)
    Member.objects.filter(pk=other.member_id).update(name="改名")

    desk.post(url, form.sent())

    own.refresh_from_db()
    other.refresh_from_db()
    assert [own.state, other.state] == ["issued", "proposed"]
