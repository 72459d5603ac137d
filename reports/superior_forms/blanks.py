"""The sheets of a superior's form, as grids."""

from exchange.errors import FileErased
from exchange.stored_files import open_plain_copy
from reports.models import SuperiorForm
from sheets.fill import Blank, open_blank


def open_form(form: SuperiorForm) -> Blank:
    """Return the sheets of a form; refuse a file that was erased."""
    if form.file.erased_at is not None:
        raise FileErased
    with open_plain_copy(form.file.path) as path:
        return open_blank(path, filename=form.file.original_name)
