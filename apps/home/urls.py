"""Addresses of the assembled pages and of what belongs to the site as a whole."""

from django.conf import settings
from django.urls import path

from apps.home.views import account, demo, health, installed, language, start, today, unread

app_name = "home"
urlpatterns = [
    path("", start.start, name="start"),
    path("e/<slug:slug>/", today.today, name="today"),
    path("e/<slug:slug>/unread/", unread.unread, name="unread"),
    path("me/", account.me, name="me"),
    path("language/", language.language, name="language"),
    path("healthz/", health.health, name="health"),
    path("manifest.webmanifest", installed.manifest, name="manifest"),
    path("sw.js", installed.service_worker, name="service_worker"),
    path("offline/", installed.offline, name="offline"),
    path("robots.txt", installed.robots, name="robots"),
    path("favicon.ico", installed.favicon, name="favicon"),
]
if settings.DEMO:
    urlpatterns.append(path("demo/", demo.demo, name="demo"))
