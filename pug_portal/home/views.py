from django.shortcuts import render

from pug_portal.core.access import public, requires


@public
def front(request):
    return render(request, "public/about.html")


@public
def quick_exit(request):
    return render(request, "public/quick_exit.html", {"target": "/"})


@requires("core.use_portal")
def desk(request):
    return render(request, "staff/desk.html")
