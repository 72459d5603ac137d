"""How often the web server looks for garbage."""

import gc

NEW_OBJECTS = 20_000
"""A page makes some ten thousand objects and nearly all are freed without a search."""


def freeze_loaded_objects() -> None:
    """Leave what is loaded out of every later search for garbage, and search rarely.

    The application itself is never garbage: a full search in a worker walks through all
    of it, a tenth of a second in the middle of a page. Call it before workers fork, so
    that they also go on sharing its memory.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS, 10, 10)
