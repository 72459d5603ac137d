"""What a sheet of an upload seems to be, as the preview says it."""

from typing import NamedTuple

from core.text import StrOrPromise
from exchange.sheet_types import Evidence


class RecognizedSheet(NamedTuple):
    """The recognized type of a sheet, its label, and the evidence.

    `list_url` is the address of the list where what is on the sheet is entered instead.
    """

    sheet: str
    sheet_type: str
    label: StrOrPromise
    evidence: str
    list_url: str = ""

    @property
    def evidence_label(self) -> StrOrPromise:
        """The label of the evidence."""
        return dict(Evidence.choices).get(self.evidence, "")

    @property
    def is_answer(self) -> bool:
        """Whether the type is the answer of the person who uploaded the sheet."""
        return self.evidence == Evidence.ANSWER
