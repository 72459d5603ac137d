"""Every number, defined once: indicators, recounts and drill-down."""
