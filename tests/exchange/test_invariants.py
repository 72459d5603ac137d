"""Findings of `verify`, and todos on the desk."""

import pytest

from core.months import today
from core.registries.todos import todos_for
from exchange.imports import plan_batch
from exchange.invariants import find_changed_files, find_miscounted_imports
from tests.factories.exchange import AttachmentFactory, ImportBatchFactory
from tests.messages import translated

pytestmark = pytest.mark.django_db


def test_unchanged_files_are_in_order():
    AttachmentFactory()

    assert list(find_changed_files()) == []


def test_a_changed_and_a_lost_file_are_found():
    changed, lost = AttachmentFactory(), AttachmentFactory()
    changed.path.write_bytes(b"something else")
    lost.path.unlink()

    found = [line.split(":")[0] for line in find_changed_files()]

    assert sorted(found) == sorted([str(changed.pk), str(lost.pk)])


def test_an_import_that_lost_a_row_is_found(east, branch, secretary):
    batch = ImportBatchFactory(organization=east, by=secretary)
    plan_batch(batch, by=secretary)
    assert list(find_miscounted_imports()) == []

    batch.rows.all()[0].delete()

    assert list(find_miscounted_imports()) == [
        f"{batch.pk}: {{'create': 1}} instead of {{'create': 2}}"
    ]


def test_a_preview_waits_on_the_desk_of_the_person_who_uploaded_it(
    east, branch, secretary, staff
):
    plan_batch(ImportBatchFactory(organization=east, by=secretary), by=secretary)

    waiting = [
        [(str(todo.label), todo.count) for todo in todos_for(user, today())]
        for user in (secretary, staff)
    ]

    todo = (translated("Imports to confirm or discard"), 1)
    assert [todo in todos for todos in waiting] == [True, False]
