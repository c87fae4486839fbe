"""The evidence vault in the working rooms."""

from django.apps import apps
from django.http import Http404
from django.shortcuts import get_object_or_404, render

from institutions.access import may, may_add_document, may_change_document, visible_documents
from institutions.actions import evidence
from institutions.forms.documents import AddDocumentForm, EditDocumentForm, ReplaceFileForm
from institutions.forms.filters import DocumentFilter
from institutions.models import Attachment, Document, Institution
from institutions.views._ways import GET_POST, address, form_page, rooms, trail
from pug_portal.core import uploads
from pug_portal.core.access import requires
from pug_portal.core.lists import FilterChips, KeysetPage


@requires("institutions.view_registry")
def documents(request):
    rows = visible_documents(request.user).select_related("owner", "file")
    filterset = DocumentFilter(request.GET, queryset=rows)
    context = {
        "filter": filterset,
        "chips": FilterChips(filterset, request.GET),
        "page": KeysetPage(filterset.qs, order=("-added_at", "id"), params=request.GET),
        "rooms": rooms(request, "documents"),
        "may_add": _owners(request.user)[0].exists(),
    }
    return render(request, "institutions/documents/documents.html", context)


def _owners(user):
    """Return (institutions the user may add documents for, whether one must be chosen)."""
    agencies = Institution.objects.valid().order_by("name")
    if may(user, "add_document"):
        return agencies, False
    return agencies.filter(pk__in=user.institution_ids()), True


def _open(user, pk) -> Document:
    rows = visible_documents(user).select_related("owner", "file", "added_by")
    return get_object_or_404(rows, pk=pk)


def _steps(document: Document | None = None):
    steps = [("Dokumen", address("documents"))]
    if document is not None:
        steps.append((document.title, document.get_absolute_url()))
    return trail(*steps)


@requires("institutions.view_registry")
def document(request, pk):
    """One proof: what it says, its editions, and where it is used."""
    one = _open(request.user, pk)
    context = {
        "document": one,
        "trail": _steps(),
        "earlier": one.earlier.select_related("replaced_by"),
        "uses": where_used(one),
        "may_change": may_change_document(request.user, one),
    }
    return render(request, "institutions/documents/document.html", context)


def where_used(document: Document) -> list[tuple[Attachment, str]]:
    """Return (attachment, address of its target or ""); one query per kind of target.

    The page of the target asks its own room whether the reader may see it.
    """
    uses = list(document.attachments.select_related("attached_by"))
    addresses: dict = {}
    for label in {use.target_type for use in uses}:
        model = apps.get_model(label)
        if hasattr(model, "get_absolute_url"):
            ids = [use.target_id for use in uses if use.target_type == label]
            addresses |= {row.pk: row.get_absolute_url() for row in model._default_manager.filter(pk__in=ids)}
    return [(use, addresses.get(use.target_id, "")) for use in uses]


@requires("institutions.view_registry")
@GET_POST
def add_document(request):
    owners, required = _owners(request.user)
    form = AddDocumentForm(
        request.POST or None,
        request.FILES or None,
        owners=owners,
        owner_required=required,
        initial={"owner": owners.first() if required else None},
    )

    def act():
        made = evidence.add(form.cleaned_data["upload"], by=request.user, **form.facts())
        return made.get_absolute_url()

    return form_page(
        request,
        "institutions/documents/add_document.html",
        form,
        act,
        done="Dokumen disimpan.",
        field="upload",
        may_add=required is False or may_add_document(request.user, owners.first()),
        trail=_steps(),
    )


@requires("institutions.view_registry")
@GET_POST
def change_document(request, pk):
    one = _open(request.user, pk)
    owners, required = _owners(request.user)
    names = ["kind", "number", "dated", "signer", "owner", "klass", "prerequisites", "processes"]
    initial = {name: getattr(one, name) for name in ["title", *names, "version"]}
    form = EditDocumentForm(request.POST or None, owners=owners, owner_required=required, initial=initial)

    def act():
        version = form.cleaned_data["version"]
        evidence.change_document(one, changes=form.facts(), version=version, by=request.user)
        return one.get_absolute_url()

    return form_page(
        request,
        "institutions/documents/change_document.html",
        form,
        act,
        done="Perubahan disimpan.",
        document=one,
        trail=_steps(one),
    )


@requires("institutions.view_registry")
@GET_POST
def replace_file(request, pk):
    one = _open(request.user, pk)
    form = ReplaceFileForm(request.POST or None, request.FILES or None, initial={"version": one.version})

    def act():
        given = form.cleaned_data
        evidence.replace_file(one, given["upload"], version=given["version"], by=request.user)
        return one.get_absolute_url()

    return form_page(
        request,
        "institutions/documents/replace_file.html",
        form,
        act,
        done="Berkas baru disimpan; edisi sebelumnya tetap dapat dibuka.",
        field="upload",
        document=one,
        trail=_steps(one),
    )


@requires("institutions.view_registry")
def edition_file(request, pk, number: int):
    """An earlier file of a document that the reader may see."""
    one = _open(request.user, pk)
    edition = one.earlier.select_related("file").filter(number=number).first()
    if edition is None:
        raise Http404
    return uploads.serve(request, edition.file)
