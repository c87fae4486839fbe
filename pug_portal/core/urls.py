from django.urls import path

from pug_portal.core import views

app_name = "core"

urlpatterns = [
    # /sehat/
    path("sehat/hidup", views.alive, name="alive"),
    path("sehat/siap", views.ready, name="ready"),
]
