"""Who may open which address: one table an app, written by hand."""
