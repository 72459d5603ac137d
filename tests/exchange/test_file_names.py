"""A file keeps no ending but that of what is in it, through whichever field it came."""

import importlib
import io
import pkgutil
import re
import zipfile
from pathlib import Path

import pytest
from django import forms
from django.apps import apps
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.errors import DomainError
from exchange.actions import store_file
from exchange.content_types import DOCUMENT_TYPES, ENDINGS, UNKNOWN, content_type_of
from exchange.import_kinds import import_kinds
from exchange.imports.upload import open_batch
from exchange.models import Attachment
from organizations.roles import Role
from reports.actions import keep_form, replace_form
from tests.client import Browser
from tests.factories.accounts import holder
from tests.factories.documents import DocumentFactory
from tests.factories.exchange import workbook

pytestmark = pytest.mark.django_db
RUN = (".hta", ".exe", ".bat", ".html", ".docm", ".xlsm", ".js", ".lnk", ".pdf.exe")
STEMS = ("通知", "../通知", "通知.", "通知.2026.11", "")


def packed(*names, types="<Types/>"):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", types)
        for name in names:
            archive.writestr(name, b"<a/>")
    return buffer.getvalue()


CONTENTS = {
    "application/pdf": b"%PDF-1.7\n1 0 obj",
    "image/png": b"\x89PNG\r\n\x1a\n\0\0",
    "image/jpeg": b"\xff\xd8\xff\xe0\0",
    "workbook": workbook([]),
    "letter": packed("word/document.xml"),
    "text": "姓名,性别".encode(),
    "page": b"<html>",
    "bytes": b"MZ\x90\0",
}
ACTIVE = {
    "docm": packed("word/document.xml", "word/vbaProject.bin"),
    "docm under another name": packed(
        "word/document.xml", types="<Types>application/vnd.ms-word.MacroEnabled</Types>"
    ),
    "xlsm": packed("xl/workbook.xml", "xl/VBAPROJECT.BIN"),
    "controls": packed("word/document.xml", "word/activeX/activeX1.xml"),
    "hta in a pdf": b"%PDF-1.7\n<script>new ActiveXObject('a')</script>",
    "page in a picture": b"\xff\xd8\xff<HTML><body>",
    "batch in a pdf": b"%PDF-1.7\r\n@echo off\r\ncalc",
    "php in a picture": b"\x89PNG\r\n<?php system('a');",
}


@pytest.mark.parametrize("content", CONTENTS)
@pytest.mark.parametrize("ending", RUN)
def test_no_ending_that_runs_is_kept_or_handed_out(content, ending, east):
    for stem in STEMS:
        body = CONTENTS[content]
        upload = SimpleUploadedFile("a", body)
        upload._name = f"{stem}{ending}"  # as an attacker's client sends it

        kept = store_file(upload, organization=east, by=None)

        assert kept.original_name.lower().endswith(ENDINGS[kept.content_type])
        assert not kept.original_name.lower().endswith(RUN)
        assert "/" not in kept.original_name


@pytest.mark.parametrize(
    "name", ["规则.PDF", "规则.pdf", "规则.pdf.exe", "规则.exe", "规则"]
)
def test_a_document_is_called_what_it_is(name, east):
    upload = SimpleUploadedFile(name, CONTENTS["application/pdf"])

    kept = store_file(upload, organization=east, by=None)

    assert kept.original_name.lower() == "规则.pdf"


@pytest.mark.parametrize("what", ACTIVE)
def test_what_can_run_is_of_no_known_type(what):
    assert content_type_of(io.BytesIO(ACTIVE[what])) == UNKNOWN


def test_a_name_that_was_kept_before_is_handed_out_as_what_it_is():
    document = DocumentFactory(
        upload=SimpleUploadedFile("规则.pdf", CONTENTS["application/pdf"])
    )
    Attachment.objects.update(original_name="规则.hta")
    client = Browser()
    client.force_login(holder(Role.CLERK, organization=document.organization))

    answer = client.get(reverse("exchange:document_file", args=[document.pk]))

    assert "hta" not in answer.headers["Content-Disposition"]
    assert answer.headers["Content-Disposition"].endswith(".pdf")


def enter_upload(upload, east, staff):
    return DocumentFactory(upload=upload, organization=east).file


def import_upload(upload, east, staff):
    kind = next(iter(import_kinds))
    return open_batch(upload, kind=kind, organization=east, by=staff).file


def keep_upload(upload, east, staff):
    form = keep_form(upload, title="表", organization=east.parent, by=staff)
    return form.file


def replace_upload(upload, east, staff):
    first = SimpleUploadedFile("表.xlsx", workbook([["第一版"]]))
    form = keep_form(first, title="表", organization=east.parent, by=staff)
    return replace_form(form, upload, by=staff).file


FIELDS = {
    ("DocumentForm", "upload"): enter_upload,
    ("UploadForm", "file"): import_upload,
    ("KeepFormForm", "upload"): keep_upload,
    ("ReplaceFormForm", "upload"): replace_upload,
}
"""Every field for a file, and what is done with the file that it takes."""


def form_modules():
    """The modules of the project's forms."""
    for app in apps.get_app_configs():
        package = importlib.import_module(app.name)
        if "site-packages" in str(package.__file__):
            continue
        for found in pkgutil.walk_packages(package.__path__, f"{app.name}."):
            if ".forms" in found.name:
                yield importlib.import_module(found.name)


def file_fields():
    """All fields for files on the forms of the project."""
    return {
        (one.__name__, name)
        for module in form_modules()
        for one in vars(module).values()
        for name, field in getattr(one, "base_fields", {}).items()
        if isinstance(field, forms.FileField)
    }


def test_every_field_for_a_file_is_known():
    assert file_fields() == {*FIELDS}


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("ending", RUN)
def test_a_file_from_any_field_is_called_what_it_is(field, ending, east, staff):
    upload = SimpleUploadedFile(f"通知{ending}", CONTENTS["workbook"])

    kept = FIELDS[field](upload, east, staff)

    assert kept.original_name in {"通知.xlsx", "通知.pdf.xlsx"}


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("what", [*ACTIVE, "page", "bytes"])
def test_what_can_run_is_refused_or_called_bytes(field, what, east, staff):
    body = {**ACTIVE, **CONTENTS}[what]
    upload = SimpleUploadedFile("通知.pdf", body)

    try:
        kept = FIELDS[field](upload, east, staff)
    except DomainError:
        return

    assert kept.content_type not in DOCUMENT_TYPES
    assert kept.original_name == "通知.pdf.bin"


def test_only_one_function_keeps_files():
    root = Path(settings.BASE_DIR)
    makers = {
        str(path.relative_to(root))
        for config in apps.get_app_configs()
        if (folder := Path(config.path)).is_relative_to(root)
        and ".venv" not in folder.parts
        for path in folder.rglob("*.py")
        if re.search(
            r"\bAttachment\(|Attachment\.objects\.(bulk_)?create", path.read_text()
        )
    }
    assert makers - {"exchange/models/files.py"} == {"exchange/actions/files.py"}
