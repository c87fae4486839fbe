"""What is being typed, kept on the server while it is typed."""

from django.http import JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from pug_portal.core import drafts
from pug_portal.core.access import own

LARGEST = 200_000  # characters of one form


@own
@require_POST
def autosave(request, form):
    """Keep the posted form under its name; with `_buang` throw the kept one away."""
    owner = drafts.owner_of(request)
    if "_buang" in request.POST:
        drafts.discard(owner, form)
        return JsonResponse({"saved_at": None})
    content = drafts.typed_content(request.POST)
    if sum(len(value) for values in content.values() for value in values) > LARGEST:
        return JsonResponse({"galat": "Isian terlalu panjang untuk disimpan sebagai draf."}, status=413)
    drafts.keep(owner, form, content)
    now = timezone.localtime()
    return JsonResponse({"saved_at": now.isoformat(), "words": f"Tersimpan {now:%H.%M}"})
