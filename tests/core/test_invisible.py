"""No field of text keeps characters that nobody sees."""

import pytest
from django import forms

from tests.core.test_full_width import load_project, ours, subclasses

UNSEEN = [*range(0x01, 0x09), 0x0B, 0x1F, 0x7F, 0x9F, 0x202E, 0x2066]


def text_fields():
    """Return every field of plain text that a form declares, by where it is made."""
    load_project()
    return {
        f"{form.__module__}.{form.__name__}.{name}": field
        for form in subclasses(forms.BaseForm)
        if ours(form)
        for name, field in getattr(form, "base_fields", {}).items()
        if type(field).to_python is forms.CharField.to_python and field.strip
    }


@pytest.mark.parametrize("code", UNSEEN, ids=hex)
def test_no_field_of_text_keeps_what_nobody_sees(code, db):
    fields = text_fields()
    assert len(fields) > 30

    for key, field in fields.items():
        assert field.to_python(f"铃{chr(code)}款") == "铃款", key


def test_lines_and_tabs_stay_and_passwords_are_kept_as_typed():
    assert forms.CharField().to_python("一\n\t二") == "一\n\t二"
    assert forms.CharField(strip=False).to_python("a\u202eb") == "a\u202eb"
