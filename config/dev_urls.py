"""Every door of the house, and the debug toolbar's own."""

from debug_toolbar.toolbar import debug_toolbar_urls

from config.urls import urlpatterns as doors

urlpatterns = [*doors, *debug_toolbar_urls()]
