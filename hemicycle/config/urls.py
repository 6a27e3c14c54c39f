"""Addresses: all of them live with the pages."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [path("", include("hemicycle.web.urls"))]

handler400 = "hemicycle.web.failures.unreadable"
handler403 = "hemicycle.web.failures.forbidden"
handler404 = "hemicycle.web.failures.not_found"
handler500 = "hemicycle.web.failures.broken"
