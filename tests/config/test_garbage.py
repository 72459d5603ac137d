"""The web server does not search through the application for garbage."""

import gc

from config.garbage import NEW_OBJECTS, freeze_loaded_objects


def test_what_is_loaded_is_left_out_of_later_searches():
    threshold = gc.get_threshold()
    gc.unfreeze()
    try:
        freeze_loaded_objects()
        frozen, searched = gc.get_freeze_count(), gc.get_threshold()[0]
    finally:
        gc.set_threshold(*threshold)

    assert frozen > 10_000
    assert searched == NEW_OBJECTS
