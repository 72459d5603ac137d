"""The type of what is shown to a reader: text, or text to be translated later."""

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    StrOrPromise: TypeAlias = str | _StrPromise
else:
    from django.utils.functional import Promise

    StrOrPromise: TypeAlias = str | Promise
