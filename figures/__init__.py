"""Figures: defined once, counted from rows, stored, summed, and drilled down to rows.

`definitions` declares sources and indicators. `counting` counts from the rows,
`actions` stores the counted values, `sums` adds stored figures up, `tallies` proves
them. `drilldown` and `row_table` list the rows of a number for one reader.
"""
