"""The month's workbook: one row for each community."""
