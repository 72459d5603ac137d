"""Columns of a code list as a sheet."""

from typing import Any

from import_export.fields import Field
from import_export.formats.base_formats import CSV
from import_export.resources import ModelResource
from import_export.widgets import IntegerWidget

from organizations.actions import save_code_items
from organizations.models import CodeItem
from sheets.write import guard_formula


class GuardedCsv(CSV):
    """CSV whose cells no spreadsheet runs: guards are added, and removed on reading."""

    def export_data(self, dataset: Any, **kwargs: Any) -> Any:
        for row_number, row in enumerate(dataset):
            dataset[row_number] = [
                guard_formula(cell) if isinstance(cell, str) else cell for cell in row
            ]
        return super().export_data(dataset, **kwargs)

    def create_dataset(self, in_stream: Any, **kwargs: Any) -> Any:
        dataset = super().create_dataset(in_stream, **kwargs)
        for row_number, row in enumerate(dataset):
            dataset[row_number] = [str(cell).removeprefix("'") for cell in row]
        return dataset


class CodeItemResource(ModelResource):
    """Items of code lists; list and code identify a row."""

    code_list = Field("code_list", "代码表")
    code = Field("code", "代码")
    label = Field("label", "名称")
    parent_code = Field("parent_code", "上级代码")
    position = Field("position", "顺序", IntegerWidget())

    class Meta:
        model = CodeItem
        fields = ("code_list", "code", "label", "parent_code", "position")
        import_id_fields = ("code_list", "code")
        clean_model_instances = True
        skip_unchanged = True
        use_transactions = True

    def save_instance(
        self, instance: CodeItem, _is_create: Any, _row: Any, **kwargs: Any
    ) -> None:
        """Write the row by the action, so that the audit log records it."""
        values = {name: getattr(instance, name) for name in self._meta.fields}
        save_code_items([values], by=kwargs.get("user"))
