"""Pages of the ground floor: refusals, conflicts, health."""

from django.db import connection
from django.http import HttpResponse
from django.shortcuts import render

from pug_portal.core.access import Refused, public


def csrf_failure(request, reason=""):
    """The form was open too long, or came from elsewhere: say so and keep what was typed."""
    return render(request, "errors/csrf.html", status=403)


def permission_denied(request, exception=None):
    reason = exception.reason if isinstance(exception, Refused) else ""
    return render(request, "errors/403.html", {"reason": reason}, status=403)


def bad_request(request, exception=None):
    return render(request, "errors/400.html", status=400)


def page_not_found(request, exception=None):
    return render(request, "errors/404.html", status=404)


def server_error(request):
    return render(request, "errors/500.html", status=500)


def conflict(request, stale):
    typed = [
        (name, value)
        for name, value in request.POST.items()
        if name not in {"csrfmiddlewaretoken", "idem", "version"} and value
    ]
    context = {"current": stale.current, "typed": typed}
    return render(request, "errors/409.html", context, status=409)


@public
def alive(request):
    return HttpResponse("hidup", content_type="text/plain")


@public
def ready(request):
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("siap", content_type="text/plain")
