"""The indexes by which the list of a million members is read."""

from django.db.models import Index

from core.db.pieces import Pieces, PiecesIndex

MEMBER_INDEXES: list[Index] = [
    # A list by name finds its page, and who belongs where, in the index alone.
    Index(
        fields=["sort_key", "id", "organization", "community", "voided_at"],
        name="member_order",
    ),
    PiecesIndex(Pieces("name", "sound"), name="member_pieces"),
    *(
        Index(fields=[name], name=f"member_{name}")
        for name in ("birth_date", "join_date", "category", "standing")
    ),
]
