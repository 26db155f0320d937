"""The addresses as they are where settings.DEMO is on."""

from django.urls import include, path

from apps.home import urls as home
from apps.home.views import demo
from carenet.urls import handler400, handler403, handler404, handler500
from carenet.urls import urlpatterns as everything

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    path("", include(([*home.urlpatterns, path("demo/", demo.demo, name="demo")], "home"))),
    *everything[1:],
]
