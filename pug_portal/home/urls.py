from django.urls import path

from pug_portal.home import views

app_name = "home"

urlpatterns = [
    # /
    path("", views.front, name="front"),
    # /kerja/
    path("kerja/", views.desk, name="desk"),
]
