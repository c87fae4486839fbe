from django.shortcuts import render

from pug_portal.core.access import public, requires


@public
def front(request):
    return render(request, "public/front.html")


@requires("core.use_portal")
def desk(request):
    return render(request, "staff/desk.html")
