"""One's own sessions: see them, end them, say "I am still here"."""

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import render
from django.utils import timezone

from pug_portal.core import audit
from pug_portal.core.access import own as for_oneself
from pug_portal.core.accounts import end_sessions
from pug_portal.core.context import idle_seconds
from pug_portal.core.views._ways import see_other


@for_oneself
def own(request):
    """List the devices that are signed in; a POST ends one of them, or all others."""
    if request.method == "POST":
        return _end(request)
    sessions = sorted(
        UserSession.objects.purge_and_list(request.user), key=lambda one: one.created_at, reverse=True
    )
    context = {"sessions": sessions, "session_count": len(sessions), "show_last_seen_at": True}
    return render(request, "usersessions/usersession_list.html", context)


def _end(request):
    here, chosen = request.session.session_key, request.POST.get("session", "")
    if chosen:
        ended = _end_one(request.user, chosen)
    else:
        ended = end_sessions(request.user, but=here)
    if ended:
        audit.note("session.ended", request.user, by=request.user, count=ended)
    messages.info(request, f"{ended} perangkat dikeluarkan." if ended else "Tidak ada perangkat lain.")
    return see_other("usersessions_list")


def _end_one(user, number: str) -> int:
    if not number.isdigit():
        return 0
    found = UserSession.objects.filter(user=user, pk=number)
    for session in found:
        session.end()
    return len(found)


@for_oneself
def keep_alive(request):
    """Answer that the session lives on; the request itself is what keeps it."""
    request.session["last_seen"] = int(timezone.now().timestamp())
    return JsonResponse({"seconds": idle_seconds(request.user)})
