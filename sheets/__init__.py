"""A library that reads office spreadsheets as streams and writes official workbooks.

Import from `sheets.read` and `sheets.write` only.
"""
