"""Who gets through which door: one table an app, written by hand."""
