"""Reads any office spreadsheet as a stream, and writes official workbooks."""
