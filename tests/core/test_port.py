"""Ports: one implementation that an upper app supplies."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from core.registries.port import Port


def test_a_port_without_an_implementation_is_a_configuration_error():
    port = Port("Weather")

    with pytest.raises(ImproperlyConfigured, match="Weather: not connected"):
        port.get()


def test_connecting_again_replaces_the_implementation():
    port = Port("Weather")
    port.connect("rain")
    port.connect("sun")

    assert port.get() == "sun"
