"""In either language a page speaks no word of the other but what is recorded so.

Every address of ours and every page of the admin is read in both. Words of the other
language pass if a row holds them: names and papers stay as they were written.
"""

import re
from html.parser import HTMLParser

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import NoReverseMatch, reverse

from organizations.resources import CodeItemResource
from reports.superior_forms.texts import MARKS
from tests.access_matrix.tables import open_pages
from tests.core.test_admin_access import rows_of
from tests.test_access_matrix import body_of, signed_in

PAGES = open_pages()
ATTRIBUTES = {"title", "aria-label", "placeholder", "alt", "data-label", "data-text"}
SILENT = {"script", "style"}
VOID = {"base", "br", "col", "hr", "img", "input", "link", "meta", "path", "wbr"}
# What a page in the language must not say, and the language a piece may say it is in.
FOREIGN = {
    "en": (re.compile("[㐀-鿿]+"), "zh-hans"),
    "zh-hans": (re.compile("[A-Za-z]{2,}"), "en"),
}
COLUMNS = {field.column_name for field in CodeItemResource.fields.values()}
ICONS = {"True", "False"}
"""What Django's own icons of a yes or no call themselves."""
FORMATS = {"Excel", "Word", "PDF", "JPEG", "PNG", "CSV"}
# What the blank of a superior says; its file is no row of ours.
OF_A_BLANK = {"党员总数", "填报单位", *(mark.strip("{}") for mark in MARKS)}
MEANT = FORMATS | {"xlsx", "xls", "docx", "csv"} | COLUMNS | ICONS | OF_A_BLANK
CAPITALS = re.compile("[零壹贰叁肆伍陆柒捌玖拾佰仟万亿元角分整]+")
CODES = {"channel", "action", "subject_type", "before", "after"}
"""Columns of the audit log that the page presents in words."""


class Reader(HTMLParser):
    """Reads out what a page says and shows, but not what it says in another tongue."""

    def __init__(self, tongue):
        super().__init__()
        self.tongue, self.open, self.said = tongue, [], []

    def handle_starttag(self, tag, attrs):
        known = dict(attrs)
        hushed = tag in SILENT or known.get("lang") == self.tongue
        if tag not in VOID:
            self.open.append((tag, hushed))
        if not hushed:
            self.said += [
                text for name, text in attrs if text and self.shows(tag, name, known)
            ]

    def shows(self, tag, name, known):
        # The value of an input is what its button says; that of a button is only sent.
        button = tag == "input" and known.get("type") in {"submit", "button"}
        return name in ATTRIBUTES or (name == "value" and button)

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, text):
        if not any(hushed for _tag, hushed in self.open):
            self.said.append(text)


def recorded():
    """Everything that rows of ours say, for those who read it back."""
    return "\n".join(
        str(value)
        for model in apps.get_models()
        if model._meta.app_label in settings.OUR_APPS
        for row in model._base_manager.values()
        for name, value in row.items()
        if isinstance(value, (str, dict, list)) and name not in CODES
    )


def spoken(client, path):
    """Words of the other language on a page, in either language."""
    for language, (foreign, tongue) in FOREIGN.items():
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        answer = client.get(path, follow=True)  # to the sentence that leads elsewhere
        text = body_of(answer)
        if not answer["Content-Type"].startswith("text/html"):
            continue
        reader = Reader(tongue)
        reader.feed(text)
        for said in reader.said:
            for word in foreign.findall(said):
                yield word, (path, language, said.strip())


def slips(words):
    """Those that no row holds and that are not meant so."""
    known = recorded()
    return {
        where
        for word, where in set(words)
        if word not in MEANT and not CAPITALS.fullmatch(word) and word not in known
    }


@pytest.mark.both
@pytest.mark.parametrize("table", sorted(PAGES))
def test_a_page_speaks_one_language(table, world):
    found = []

    clients = {person: signed_in(user) for person, user in world.people.items()}
    for name, access in PAGES[table].items():
        own, _foreign = access.args(world)
        for person in {access.openers[0], access.openers[-1]}:
            found += spoken(clients[person], reverse(name, args=own))

    assert slips(found) == set()


def admin_paths(kind, row):
    """The pages that the admin may have for a kind of record."""
    for page in ("changelist", "add", "change", "history", "end", "import", "export"):
        for args in ([], [row.pk]):
            try:
                yield reverse(f"admin:{kind.replace('.', '_')}_{page}", args=args)
            except NoReverseMatch:
                continue


@pytest.mark.parametrize(
    "person", ["staff", "system_admin", "security_admin", "auditor"]
)
def test_the_admin_speaks_one_language(person, world):
    rows, client = rows_of(world), signed_in(world.people[person])

    found = [*spoken(client, reverse("admin:index"))]
    for kind, row in rows.items():
        for path in admin_paths(kind, row):
            found += spoken(client, path)

    assert slips(found) == set()
