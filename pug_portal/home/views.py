"""The home of everybody who works here: what needs attention today."""

from django.shortcuts import render
from django.utils import timezone

from pug_portal.core.access import requires
from pug_portal.home import desks


@requires("core.use_portal")
def desk(request):
    blocks = desks.blocks_for(request.user)
    context = {
        "blocks": blocks,
        "quick": desks.quick_acts(request.user),
        "waiting": sum(block.number for block in blocks),
        "today": timezone.localdate(),
    }
    return render(request, "staff/desk.html", context)
