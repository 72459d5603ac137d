"""The largest numbers that finance accepts: larger ones are typing errors."""

from decimal import Decimal

MAX_AMOUNT = Decimal("99999999.99")
MAX_BALANCE = Decimal("9999999999999.99")
MAX_PAPERS = 999
MAX_POSITION = 9999
