"""The site's addresses: every page stands under its language; machines' addresses and Django's admin do not."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from learning.views import files, pages

handler400 = "learning.views.errors.bad_request"
handler403 = "learning.views.errors.forbidden"
handler404 = "learning.views.errors.not_found"
handler500 = "learning.views.errors.server_error"

urlpatterns = [
    path("", pages.front, name="front"),
    path("healthz", pages.healthz, name="healthz"),
    path("courses/<slug:course>/images/<str:name>", files.picture, name="picture"),
    path("admin/", admin.site.urls),
    *i18n_patterns(
        path("", include("learning.urls")),
        path("", include("learning.classes_urls")),
        path("", include("quizzes.urls")),
        path("author/", include("quizzes.author_urls")),
        path("", include("builder.urls")),
        path("accounts/", include("learning.accounts_urls")),
    ),
]
