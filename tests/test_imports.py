"""Imports between our modules run one way."""

from graphlib import CycleError, TopologicalSorter

import grimp
from django.conf import settings

PACKAGES = ("config", "core", "sheets", *settings.OUR_APPS)


def imports():
    """Each module of ours with those that it imports when it is loaded."""
    graph = grimp.build_graph(
        *dict.fromkeys(PACKAGES), exclude_type_checking_imports=True
    )
    return {
        module: graph.find_modules_directly_imported_by(module)
        for module in graph.modules
    }


def test_no_modules_import_each_other():
    circles = None

    try:
        TopologicalSorter(imports()).prepare()
    except CycleError as error:
        circles = error.args[1]

    assert circles is None
