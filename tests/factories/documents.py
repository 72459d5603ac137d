"""Documents and publications, made by the actions that users run."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from exchange.actions import approve_publication, draft_publication, enter_document
from exchange.enums import PublicationKind
from exchange.models import Document, Publication
from tests.factories.organizations import CommunityFactory

PDF = b"%PDF-1.4\n%%EOF\n"


class DocumentFactory(DjangoModelFactory):
    """A rule of a new community, in force since the start of 2026, text alone."""

    class Meta:
        model = Document

    organization = factory.SubFactory(CommunityFactory)
    kind = "rule"
    title = "议事规则"
    number = "社党〔2026〕1号"
    starts_on = dt.date(2026, 1, 1)
    text = "第一条 会议由书记召集。"

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return enter_document(**{"by": None, **kwargs})


class DraftFactory(DjangoModelFactory):
    """A notice of a new community for everybody, not approved yet."""

    class Meta:
        model = Publication

    organization = factory.SubFactory(CommunityFactory)
    kind = PublicationKind.NOTICE
    title = "文明城市创建通知"
    text = "请各支部组织党员参加。"
    audience = "public"
    starts_on = dt.date(2026, 1, 1)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return draft_publication(**{"by": None, **kwargs})


class PublicationFactory(DraftFactory):
    """A notice that is approved, and shown since the start of 2026."""

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        draft = super()._create(model_class, *args, **kwargs)
        return approve_publication(draft, by=None)
