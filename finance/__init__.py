"""Funds in double entry: one person enters a voucher, another approves it."""
