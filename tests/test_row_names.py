"""Every row has a name of its own, which lists, questions and the audit log show."""

import pytest
from django.apps import apps

from tests.test_lists import MAKERS


@pytest.mark.parametrize("label", sorted(MAKERS))
@pytest.mark.django_db
def test_a_row_has_a_name(label):
    model = apps.get_model(label)
    MAKERS[label]()

    row = model._default_manager.order_by("-pk").first()

    assert str(row).strip()
    assert str(row) != f"{model.__name__} object ({row.pk})"
