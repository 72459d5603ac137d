"""Forms of the tree, of units, of facts of places and of thresholds."""

from organizations.forms.decisions import (
    DecisionForm,
    FoundForm,
    NamedDecisionForm,
    RenameForm,
    SplitForm,
    TargetForm,
)
from organizations.forms.records import (
    ChangeUnitForm,
    ColumnChoiceForm,
    ConfirmCodeListImportForm,
    NamesField,
    NewOrganizationForm,
    NewUnitForm,
    OrganizationForm,
    OrganizationFormBase,
    PlaceFactForm,
    ThresholdForm,
    UnitForm,
)

__all__ = [
    "ChangeUnitForm",
    "ColumnChoiceForm",
    "ConfirmCodeListImportForm",
    "DecisionForm",
    "FoundForm",
    "NamedDecisionForm",
    "NamesField",
    "NewOrganizationForm",
    "NewUnitForm",
    "OrganizationForm",
    "OrganizationFormBase",
    "PlaceFactForm",
    "RenameForm",
    "SplitForm",
    "TargetForm",
    "ThresholdForm",
    "UnitForm",
]
