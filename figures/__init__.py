"""Figures: defined once, counted from rows, stored, summed, and opened to their rows.

`definitions` declares sources and indicators. `counting` counts from the rows,
`actions` stores what was counted, `sums` adds stored figures up, `tallies` proves them.
`drilldown` and `row_table` list the rows of a number for one reader.
"""
