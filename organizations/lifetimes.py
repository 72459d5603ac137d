"""Triggers that keep dated rows inside the life of the organization they lie at.

Actions refuse such a row, and so does the check of everything that a block wrote
(`organizations.ended_places`). What is written past both, by SQL, the database refuses.
"""

from django.utils.translation import gettext_lazy as _

from core.db.triggers import Forbidden

AFTER_ITS_END = """
{valid}EXISTS (SELECT 1 FROM organizations_organization AS ended
WHERE ended.id = NEW.{column} AND ended.ended_on <= NEW.{day}{lasting})
"""
GOES_ON = "\nAND (NEW.ends_on IS NULL OR NEW.ends_on > ended.ended_on)"
MOVED = "(OLD.{column} = NEW.{column} AND OLD.{day} = NEW.{day}) IS NOT TRUE"


def inside_life(
    name: str,
    day: str,
    *columns: str,
    lasting: bool = False,
    voidable: bool = False,
) -> tuple[Forbidden, ...]:
    """Forbid rows that begin on the day on which their organization ended, or later.

    `day` is the column with the first day, `columns` lead to organizations. Of rows
    that last (`ends_on`) those that were over by the end stay, and voided rows count
    for nothing. A row that stands there already is left alone until it is moved.
    """
    return tuple(
        trigger
        for column in columns or ("organization_id",)
        for trigger in _of_column(
            name if len(columns) < 2 else f"{name}_{column.removesuffix('_id')}",
            column,
            day,
            AFTER_ITS_END.format(
                valid="NEW.voided_at IS NULL AND " if voidable else "",
                column=column,
                day=day,
                lasting=GOES_ON if lasting else "",
            ),
        )
    )


def _of_column(
    name: str, column: str, day: str, outside: str
) -> tuple[Forbidden, Forbidden]:
    message = "the organization had ended by that day"
    told = _(
        "The organization had ended by that day. Nothing was saved: check the day, or"
        " choose an organization that still exists."
    )
    moved = f"{MOVED.format(column=column, day=day)} AND {outside}"
    return (
        Forbidden(f"{name}_inside_life_added", "INSERT", outside, message, told=told),
        Forbidden(f"{name}_inside_life_moved", "UPDATE", moved, message, told=told),
    )
