"""Pages of the ground floor: refusals, conflicts, health."""

from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.shortcuts import render

from pug_portal.core import audit
from pug_portal.core.access import Refused, public
from pug_portal.core.drafts import NEVER_KEPT


def csrf_failure(request, reason=""):
    """The form was open too long, or came from elsewhere: say so and keep what was typed."""
    return render(request, "errors/csrf.html", status=403)


def permission_denied(request, exception=None):
    reason = exception.reason if isinstance(exception, Refused) else ""
    if request.user.is_authenticated:
        _note_refusal(request)
    return render(request, "errors/403.html", {"reason": reason}, status=403)


def _note_refusal(request):
    """Record who was refused where: the name of the route, never its address."""
    route = request.resolver_match.view_name if request.resolver_match else ""
    try:
        audit.note("access.refused", by=request.user, outcome="denied", route=route)
    except DatabaseError:
        return  # the refusal stands, whether it could be recorded or not


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
        if name not in {*NEVER_KEPT, "version"} and value
    ]
    context = {"current": stale.current, "typed": typed}
    return render(request, "errors/409.html", context, status=409)


def unavailable(request):
    """The database does not take anything at this moment: say so, keep what was typed."""
    typed = [(n, v) for n, v in request.POST.items() if n not in NEVER_KEPT and v]
    answer = render(request, "errors/503.html", {"typed": typed}, status=503)
    answer.headers["Retry-After"] = "30"
    return answer


@public
def alive(request):
    return HttpResponse("hidup", content_type="text/plain")


@public
def ready(request):
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("belum siap", content_type="text/plain", status=503)
    return HttpResponse("siap", content_type="text/plain")
