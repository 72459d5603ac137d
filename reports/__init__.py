"""Monthly returns, dashboards and workbooks: all computed from figures."""
