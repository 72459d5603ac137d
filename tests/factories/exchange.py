"""Uploads, imports and jobs, made by the actions that users run."""

import io

import factory
import xlsxwriter
from django.core.files.base import ContentFile
from factory.django import DjangoModelFactory

from exchange.actions import queue_job, store_file
from exchange.import_kinds import import_kinds
from exchange.imports import upload_batch
from exchange.models import Attachment, ImportBatch, Job
from tests.factories.accounts import UserFactory
from tests.factories.members import identity_number
from tests.factories.organizations import CommunityFactory

HEADER = (
    *("姓名", "性别", "身份证号码", "入党时间", "转正时间", "所在支部", "手机号码"),
    "管理类别",
)


def person(n, *, branch="第一支部", **changes):
    """Return one good row of a roster, by header."""
    row = {
        "姓名": f"张{chr(0x4E00 + n)}",
        "性别": "男",
        "身份证号码": identity_number(n),
        "入党时间": "2005.07.01",
        "转正时间": "2006.07.01",
        "所在支部": branch,
        "手机号码": f"139{n:08d}",
        "管理类别": "居民党员",
    }
    return row | changes


def workbook(rows, *, header=HEADER, sheet="花名册", above=()):
    """Return the bytes of a workbook with one sheet of rows under a header."""
    return book({sheet: [*[[line] for line in above], list(header), *rows]}, header)


def book(sheets, header=HEADER):
    """Return the bytes of a workbook; rows may be lists, or mappings by header."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as written:
        for name, rows in sheets.items():
            sheet = written.add_worksheet(name)
            for number, row in enumerate(rows):
                cells = [row.get(h) for h in header] if isinstance(row, dict) else row
                for column, value in enumerate(cells):
                    if value is not None:
                        sheet.write(number, column, value)
    return stream.getvalue()


def upload(content, name="花名册.xlsx"):
    """Return an upload as a form hands it on."""
    return ContentFile(content, name=name)


class AttachmentFactory(DjangoModelFactory):
    """A small text file, kept for good."""

    class Meta:
        model = Attachment

    content = "会议记录\n".encode()
    name = "会议记录.txt"
    organization = factory.SubFactory(CommunityFactory)
    by = None

    @classmethod
    def _create(cls, model_class, *args, content, name, **kwargs):
        return store_file(upload(content, name), **kwargs)


class ImportBatchFactory(DjangoModelFactory):
    """A roster of two that waits to be read."""

    class Meta:
        model = ImportBatch

    rows = factory.LazyFunction(lambda: [person(1), person(2)])
    organization = factory.SubFactory(CommunityFactory)
    by = factory.SubFactory(UserFactory)
    kind = factory.LazyFunction(lambda: import_kinds.get("member_roster"))

    @classmethod
    def _create(cls, model_class, *args, rows, **kwargs):
        content = rows if isinstance(rows, bytes) else workbook(rows)
        return upload_batch(upload(content), **kwargs)


class JobFactory(DjangoModelFactory):
    """Reading a sheet that waits to be read."""

    class Meta:
        model = Job

    kind = "exchange.plan_batch"
    owner = factory.SubFactory(UserFactory)
    subject = ""

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return queue_job(**kwargs)
