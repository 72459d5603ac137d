"""Every text area counts a line end once, though browsers send two characters."""

from django import forms
from django.apps import apps

from tests.core.test_full_width import load_project, ours, subclasses

LIMIT = 60


def text_areas():
    """Return every field of a text area by where it is made."""
    load_project()
    declared = [
        (f"{form.__module__}.{form.__name__}.{name}", field)
        for form in subclasses(forms.BaseForm)
        if ours(form)
        for name, field in getattr(form, "base_fields", {}).items()
    ]
    columns = [  # from which the admin makes its fields
        (f"{column}", column.formfield())
        for model in apps.get_models()
        if ours(model)
        for column in model._meta.concrete_fields
        if column.editable and not column.is_relation
    ]
    every = {key: field for key, field in (*declared, *columns) if field is not None}
    return {
        key: field
        for key, field in every.items()
        if isinstance(field.widget, forms.Textarea)
        and isinstance(field, forms.CharField)
        and not isinstance(field, forms.JSONField)
    }


def sent(field, text):
    """Return what the field makes of a text that a browser sent."""
    value = field.widget.value_from_datadict({"text": text}, {}, "text")
    made = field.clean(value)
    return "\n".join(made) if isinstance(made, list) else made  # one item a line


def test_a_text_as_long_as_allowed_is_taken_with_all_its_lines(db):
    areas = text_areas()
    assert len(areas) > 10

    for key, field in areas.items():
        longest = field.max_length or LIMIT
        text = ("行\n" * longest)[: longest - 1] + "末"
        assert len(text) == longest
        for line_end in ("\n", "\r\n", "\r"):
            assert sent(field, text.replace("\n", line_end)) == text, (key, line_end)
