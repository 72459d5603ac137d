"""Documents: entered with a file or text, replaced by versions, handed down."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import AccessEntry
from communities.models import BodyDocument
from core.errors import ConstraintViolated
from exchange.actions import (
    enter_document,
    link_document,
    replace_document,
    void_document,
)
from exchange.document_links import document_targets
from exchange.errors import (
    AlreadyReplaced,
    DocumentInUse,
    ReplacedTooEarly,
    UnwantedFile,
)
from exchange.models import Document
from exchange.stored_files import MAGIC
from organizations.roles import Role
from tests.client import Browser
from tests.factories.accounts import holder
from tests.factories.communities import BodyFactory
from tests.factories.documents import PDF, DocumentFactory, PublicationFactory
from tests.factories.exchange import upload, workbook
from tests.factories.organizations import (
    BranchFactory,
    CommunityFactory,
    StreetFactory,
)

pytestmark = pytest.mark.django_db


def signed_in(user):
    client = Browser()
    client.force_login(user, backend="accounts.backends.UsernameOrPhone")
    return client


@pytest.mark.mission("S1-10")
def test_a_branch_secretary_keeps_the_rules_of_the_branch_with_their_file():
    branch = BranchFactory()
    client = signed_in(holder(Role.BRANCH_SECRETARY, organization=branch))

    client.post(
        reverse("exchange:enter_document"),
        {
            "organization": branch.pk,
            "kind": "rule",
            "title": "支部议事规则",
            "starts_on": "2026-01-05",
            "upload": upload(PDF, "议事规则.pdf"),
        },
    )

    rule = Document.objects.get()
    page = client.get(reverse("exchange:documents"), {"kind": "rule"})
    assert (rule.title, rule.file.content_type) == ("支部议事规则", "application/pdf")
    assert "支部议事规则" in page.content.decode()


@pytest.mark.mission("S2-51")
def test_the_rules_of_the_broad_committee_are_found_by_title_and_by_number():
    rule = DocumentFactory(title="社区大党委运行规则", number="街党〔2026〕7号")
    other = DocumentFactory(title="卫生公约", organization=rule.organization)
    client = signed_in(holder(Role.SECRETARY, organization=rule.organization))

    for text in ("大党委", "7号"):
        page = client.get(reverse("exchange:documents"), {"title": text})
        assert rule.title in page.content.decode()
        assert other.title not in page.content.decode()


def test_a_file_is_encrypted_on_disk_and_every_download_is_recorded():
    document = DocumentFactory(upload=upload(PDF, "规则.pdf"))
    client = signed_in(holder(Role.CLERK, organization=document.organization))
    url = reverse("exchange:document_file", args=[document.pk])

    answers = [client.get(url) for _ in range(2)]

    assert document.file.path.read_bytes().startswith(MAGIC)
    assert [answer.content for answer in answers] == [PDF, PDF]
    assert AccessEntry.objects.filter(action="exchange.record_download").count() == 2


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"MZ\x90\x00", "规则.pdf"), (b"<html>", "规则.pdf"), (b"abc", "规则.docx")],
)
def test_a_file_of_another_type_is_refused_whatever_its_name(content, name):
    with pytest.raises(UnwantedFile):
        DocumentFactory(upload=upload(content, name))

    assert not Document.objects.exists()


def test_office_files_of_the_newer_kind_are_taken():
    document = DocumentFactory(upload=upload(workbook([]), "附表.xlsx"))

    assert document.file.original_name == "附表.xlsx"


def test_a_new_version_ends_the_former_one_on_its_first_day():
    former = DocumentFactory(starts_on=dt.date(2026, 1, 1))

    newer = replace_document(
        former, kind="rule", title="新规则", starts_on=dt.date(2026, 3, 1), by=None
    )

    former.refresh_from_db()
    assert (former.ends_on, newer.replaces) == (dt.date(2026, 3, 1), former)
    with pytest.raises(AlreadyReplaced):
        replace_document(former, starts_on=dt.date(2026, 4, 1), by=None)
    with pytest.raises(ReplacedTooEarly):
        replace_document(newer, starts_on=dt.date(2026, 3, 1), by=None)


def test_former_versions_are_listed_only_when_asked_for():
    former = DocumentFactory(title="旧规则")
    replace_document(
        former, kind="rule", title="新规则", starts_on=dt.date(2026, 2, 1), by=None
    )
    client = signed_in(holder(Role.CLERK, organization=former.organization))
    url = reverse("exchange:documents")

    assert "旧规则" not in client.get(url).content.decode()
    assert "旧规则" in client.get(url, {"which": "past"}).content.decode()


def test_what_a_street_hands_down_is_read_below_and_kept_by_the_street_alone():
    street = StreetFactory()
    clerk = holder(Role.CLERK, organization=CommunityFactory(parent=street))
    own = DocumentFactory(organization=street)
    handed = DocumentFactory(organization=street, handed_down=True)
    DocumentFactory(organization=StreetFactory(), handed_down=True)

    assert [*Document.objects.visible_to(clerk)] == [handed]
    assert not Document.objects.managed_by(clerk).exists()
    assert own in Document.objects.visible_to(
        holder(Role.STREET_STAFF, organization=street)
    )


def test_a_document_that_a_publication_names_is_not_voided():
    document = DocumentFactory()
    PublicationFactory(organization=document.organization, document=document)

    with pytest.raises(DocumentInUse):
        void_document(document, by=None, reason="录错")


def test_a_voided_document_stands_on_no_list_and_keeps_its_page():
    document = DocumentFactory(title="误录文件")
    client = signed_in(holder(Role.CLERK, organization=document.organization))

    void_document(document, by=None, reason="录错")

    listed = client.get(reverse("exchange:documents")).content.decode()
    page = client.get(reverse("exchange:document", args=[document.pk]))
    assert "误录文件" not in listed
    assert "录错" in page.content.decode()


def test_a_document_is_in_force_for_a_day_at_least():
    with pytest.raises(ConstraintViolated, match="文件至少生效一天"):
        enter_document(
            CommunityFactory(),
            kind="rule",
            title="规则",
            starts_on=dt.date(2026, 2, 1),
            ends_on=dt.date(2026, 2, 1),
            by=None,
        )


def test_a_body_names_its_rules_and_the_rules_name_the_body():
    body = BodyFactory()
    rules = DocumentFactory(organization=body.organization, title="运行规则")
    client = signed_in(holder(Role.SECRETARY, organization=body.organization))
    link = reverse("exchange:link_document", args=["body", body.pk])

    client.post(link, {"document": rules.pk})

    assert "运行规则" in client.get(body.get_absolute_url()).content.decode()
    assert body.name in client.get(rules.get_absolute_url()).content.decode()
    again = client.get(link).context["form"].fields["document"].queryset
    assert rules not in again
    with pytest.raises(ConstraintViolated, match="已经关联"):
        link_document(rules, body, target=document_targets.get("body"), by=None)


def test_a_document_that_was_named_by_mistake_is_taken_away_with_a_reason():
    body = BodyFactory()
    rules = DocumentFactory(organization=body.organization, title="运行规则")
    link = link_document(rules, body, target=document_targets.get("body"), by=None)
    client = signed_in(holder(Role.SECRETARY, organization=body.organization))

    client.post(
        reverse("exchange:void_document_link", args=["body", link.pk]),
        {"reason": "关联错了"},
    )

    assert "运行规则" not in client.get(body.get_absolute_url()).content.decode()
    assert BodyDocument.all_objects.get().void_reason == "关联错了"


def test_nobody_names_documents_of_kinds_of_record_that_have_none():
    client = signed_in(holder(Role.SECRETARY, organization=CommunityFactory()))

    url = reverse("exchange:link_document", args=["nothing", 1])

    assert client.get(url).status_code == 404
