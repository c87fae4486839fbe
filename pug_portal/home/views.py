"""The home of everybody who works here: what needs attention today."""

from django.shortcuts import redirect, render
from django.utils import timezone

from pug_portal.core.access import requires
from pug_portal.core.roles import Role
from pug_portal.home import desks


@requires("core.use_portal")
def desk(request):
    if request.user.roles == {Role.AGENCY_HEAD}:
        # The head's question is answered before the first click.
        return redirect("focal_points:own_board")
    blocks = desks.blocks_for(request.user)
    context = {
        "blocks": blocks,
        "quick": desks.quick_acts(request.user),
        "waiting": sum(block.number for block in blocks),
        "today": timezone.localdate(),
    }
    return render(request, "staff/desk.html", context)
