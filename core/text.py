"""The type of text shown to readers: a string, or one translated when shown."""

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    StrOrPromise: TypeAlias = str | _StrPromise
else:
    from django.utils.functional import Promise

    StrOrPromise: TypeAlias = str | Promise
