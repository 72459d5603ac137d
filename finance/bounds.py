"""The largest numbers that finance records: beyond them a number is a typing error."""

from decimal import Decimal

MOST_MOVED = Decimal("99999999.99")
MOST_HELD = Decimal("9999999999999.99")
MOST_PAPERS = 999
MOST_POSITION = 9999
