"""All addresses of the site, and those of the debug toolbar."""

from debug_toolbar.toolbar import debug_toolbar_urls

from config.urls import urlpatterns as doors

urlpatterns = [*doors, *debug_toolbar_urls()]
