"""Small things the views of this room share."""

from django.http import HttpResponseRedirect
from django.urls import reverse

from activities.access import keeps_list, may, may_prove
from activities.models import Activity
from activities.workflow import Move
from pug_portal.core import drafts


def address(name: str, *args) -> str:
    return reverse(f"activities:{name}", args=args)


def see_other(name: str, *args, query: str = "") -> HttpResponseRedirect:
    """Answer a POST with the page to look at next."""
    target = address(name, *args) + (f"?{query}" if query else "")
    return HttpResponseRedirect(target, status=303)


def go(url: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(url, status=303)


def trail(activity: Activity | None = None, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """Return the breadcrumbs above a page of this room."""
    steps = [("Kegiatan", address("workspace"))]
    if activity is not None:
        steps.append((activity.title, address("overview", activity.pk)))
    return [*steps, *more]


def kept_draft(request, name: str) -> dict:
    """Return what was typed here and not sent; `?baru` throws it away."""
    if "baru" in request.GET:
        drafts.discard(drafts.owner_of(request), name)
    return {} if request.method == "POST" else drafts.initial_for(request, name)


def drop_draft(request, name: str) -> None:
    drafts.discard(drafts.owner_of(request), name)


def keeping(name: str, kept: dict) -> dict:
    """Return what a form page needs for its draft: where it is saved, whether one was found."""
    return {"autosave": reverse("core:autosave", args=[name]), "restored": bool(kept)}


def flags(user, activity: Activity) -> dict[str, bool]:
    """Return what `user` may do with the activity, as ready flags for a template."""
    moves = {f"may_{move.value}": may(user, move, activity) for move in Move}
    return moves | {
        "keeps_list": keeps_list(user, activity),
        "may_prove": may_prove(user, activity),
    }
