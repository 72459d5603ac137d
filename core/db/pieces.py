"""Find a text anywhere in a name by an index: by its pieces of two characters.

A name that contains 伟芳 holds that pair, and one whose initials contain `zwf` holds
`zw` and `wf`. PostgreSQL keeps an index of the pairs, which tells the few rows to be
compared; other databases compare every row. A character outside ASCII is a piece by
itself as well, since it may be all that somebody types.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import FullResultSet
from django.db.models import BooleanField, Func, Index, Model, Q, TextField, Value
from django.db.models.functions import Upper

from core.db.querysets import any_of

# No text has it: names are cleaned of it, and sounds follow from names.
BETWEEN = "\x01"


class Pieces(Func):
    """The pieces of some texts, which are read as one with blanks between them."""

    arg_joiner = " || ' ' || "
    output_field = TextField()
    template = (
        r"(string_to_array("
        r"regexp_replace(upper(%(expressions)s), '(..)', '\1' || chr(1), 'g')"
        r" || chr(1) || regexp_replace("
        r"substr(upper(%(expressions)s), 2), '(..)', '\1' || chr(1), 'g'), chr(1))"
        r" || regexp_split_to_array("
        r"regexp_replace(upper(%(expressions)s), '[ -~]', '', 'g'), ''))"
    )


class _Hold(Func):
    """Whether the pieces of a row hold all of some; true where none are kept."""

    output_field = BooleanField()

    def as_sql(self, *_args: Any, **_kwargs: Any) -> Any:
        raise FullResultSet

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        """Return the condition that the index answers."""
        held, *wanted = self.get_source_expressions()
        sql, params = compiler.compile(held)
        compiled = [compiler.compile(one) for one in wanted]
        listed = ", ".join(text for text, _params in compiled)
        values = [value for _text, more in compiled for value in more]
        return f"{sql} @> ARRAY[{listed}]", [*params, *values]


def pieces_of(text: str) -> list[str]:
    """Return the pieces by which a text is looked for; none if they tell too little."""
    if BETWEEN in text or len(text.upper()) != len(text):
        return []
    pairs = [text[at : at + 2] for at in range(len(text) - 1)]
    alone = [text] if len(text) == 1 and not text.isascii() else []
    return sorted({*pairs, *alone})


def hold_pieces(fields: Sequence[str], texts: Iterable[str]) -> Q:
    """Match at least the rows that have one of the texts in one of the fields."""
    folded = [text.upper() if text.isascii() else text for text in texts]
    wanted = {tuple(pieces_of(text)) for text in folded}
    if not wanted or () in wanted:
        return Q()
    return any_of(
        Q(_Hold(Pieces(*fields), *[Upper(Value(one)) for one in pieces]))
        for pieces in sorted(wanted)
    )


class PiecesIndex(GinIndex):
    """An index of the pieces of some columns; on SQLite of their plain values."""

    def create_sql(
        self, model: type[Model], schema_editor: Any, using: str = "", **kwargs: Any
    ) -> Any:
        """Return the SQL that makes the index, which on SQLite is an ordinary one."""
        if schema_editor.connection.vendor == "postgresql":
            return super().create_sql(model, schema_editor, using, **kwargs)
        pieces: Any = self.expressions[0]
        names = [column.name for column in pieces.get_source_expressions()]
        return Index(fields=names, name=self.name).create_sql(model, schema_editor)
