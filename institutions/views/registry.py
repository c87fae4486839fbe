"""The register of institutions in the working rooms."""

from copy import copy

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from institutions.access import may, visible_decrees
from institutions.actions import posts as post_actions
from institutions.actions import registry as registry_actions
from institutions.forms.filters import RegistryFilter
from institutions.forms.registry import (
    ChangeInstitutionForm,
    CloseForm,
    FillPostForm,
    InstitutionForm,
    PostForm,
    RenameForm,
    VacatePostForm,
)
from institutions.models import Institution, Post
from institutions.resources import FORMATS
from institutions.resources import export_registry as export
from institutions.views._ways import GET_POST, address, form_page, rooms, trail
from pug_portal.core import clock, documents
from pug_portal.core.access import requires
from pug_portal.core.lists import FilterChips, KeysetPage, Sort
from pug_portal.core.roles import Role

SORTS = {
    "nama": ("Nama", ("name", "id")),
    "jenis": ("Jenis", ("kind", "name", "id")),
}


@requires("institutions.view_registry")
def registry(request):
    rows = Institution.objects.only("name", "abbreviation", "kind", "is_verified", "valid_until")
    filterset = RegistryFilter(request.GET, queryset=rows.prefetch_related(Post.prefetch_heads()))
    sort = Sort(SORTS, request.GET)
    context = {
        "filter": filterset,
        "chips": FilterChips(filterset, request.GET),
        "columns": sort.columns(),
        "page": KeysetPage(filterset.qs, order=sort.order, params=request.GET, public_order=True),
        "rooms": rooms(request, "registry"),
        "may_add": may(request.user, "add_institution"),
        "may_export": may(request.user, "export_institution"),
        "may_import": may(request.user, "import_institution"),
    }
    return render(request, "institutions/registry/registry.html", context)


def _open(pk) -> Institution:
    return get_object_or_404(Institution.objects.select_related("parent", "region"), pk=pk)


def _steps(institution: Institution):
    return trail((institution.abbreviation or institution.name, institution.get_absolute_url()))


@requires("institutions.view_registry")
def institution(request, pk):
    """One institution: facts, posts and holders, focal point, former names, decrees it sits in."""
    one = _open(pk)
    terms = one.role_assignments.current().select_related("user")
    user = request.user
    context = {
        "institution": one,
        "trail": trail(),
        "posts": one.posts.with_all_holders(),
        "focal_points": [term for term in terms if term.role == Role.FOCAL_POINT],
        "former_names": one.former_names.all(),
        "units": one.units.valid().only("name", "parent")[:30],
        "memberships": one.memberships.filter(decree__in=visible_decrees(user))
        .select_related("decree", "post")
        .order_by("-decree__valid_from")[:10],
        "may_change": may(user, "change_institution"),
        "may_fill": may(user, "add_postholder"),
        "may_add_post": may(user, "add_post"),
    }
    return render(request, "institutions/registry/institution.html", context)


@requires("institutions.export_institution")
def export_registry(request, form: str):
    """The filtered list as a file."""
    if form not in FORMATS:
        raise Http404
    rows = RegistryFilter(request.GET, queryset=Institution.objects.order_by("name")).qs
    content = export(rows, form=form, by=request.user)
    name = f"lembaga-{clock.today().isoformat()}.{form}"
    return documents.download(name, content, FORMATS[form]().get_content_type())


@requires("institutions.import_institution")
def import_registry(request):
    """Importing has its page in the administration: preview, errors by cell, undo."""
    return HttpResponseRedirect(reverse("admin:institutions_institution_import"))


@requires("institutions.add_institution")
@GET_POST
def add_institution(request):
    form = InstitutionForm(request.POST or None)

    def act():
        made = registry_actions.add_institution(by=request.user, **form.changes())
        return made.get_absolute_url()

    return form_page(
        request,
        "institutions/registry/add_institution.html",
        form,
        act,
        done="Lembaga ditambahkan beserta jabatan pimpinannya.",
        trail=trail(),
    )


@requires("institutions.change_institution")
@GET_POST
def change_institution(request, pk):
    one = _open(pk)
    # The form writes what was typed into its instance; the action compares with what is stored.
    form = ChangeInstitutionForm(request.POST or None, instance=copy(one))

    def act():
        registry_actions.change_institution(one, changes=form.changes(), by=request.user)
        return one.get_absolute_url()

    return form_page(
        request,
        "institutions/registry/change_institution.html",
        form,
        act,
        done="Perubahan disimpan.",
        institution=one,
        trail=_steps(one),
    )


@requires("institutions.change_institution")
@GET_POST
def rename_institution(request, pk):
    one = _open(pk)
    form = RenameForm(request.POST or None, initial={"abbreviation": one.abbreviation})

    def act():
        given = {key: form.cleaned_data[key] for key in ("name", "abbreviation", "since", "basis")}
        registry_actions.rename_institution(one, by=request.user, **given)
        return one.get_absolute_url()

    return form_page(
        request,
        "institutions/registry/rename_institution.html",
        form,
        act,
        done="Nama baru dipakai; nama lama tetap dapat dicari.",
        institution=_open(pk),
        trail=_steps(one),
    )


@requires("institutions.change_institution")
@GET_POST
def close_institution(request, pk):
    one = _open(pk)
    form = CloseForm(request.POST or None)

    def act():
        registry_actions.close_institution(one, on=form.cleaned_data["on"], by=request.user)
        return one.get_absolute_url()

    return form_page(
        request,
        "institutions/registry/close_institution.html",
        form,
        act,
        done="Masa berlaku lembaga diakhiri. Riwayatnya tetap tersimpan.",
        institution=one,
        trail=_steps(one),
        question=f"Akhiri {one.name}?",
        consequences=[
            "Lembaga tidak lagi tampil pada daftar dan usulan susunan Pokja.",
            "Riwayat, dokumen, dan keanggotaannya tetap tersimpan.",
        ],
        cancel_url=one.get_absolute_url(),
    )


# Posts --------------------------------------------------------------------------------------------


@requires("institutions.add_post")
@GET_POST
def add_post(request, pk):
    one = _open(pk)
    form = PostForm(request.POST or None)

    def act():
        post_actions.add_post(one, title=form.cleaned_data["title"], by=request.user)
        return one.get_absolute_url()

    return form_page(
        request,
        "institutions/registry/add_post.html",
        form,
        act,
        done="Jabatan ditambahkan.",
        institution=one,
        trail=_steps(one),
    )


def _open_post(pk) -> Post:
    return get_object_or_404(Post.objects.select_related("institution"), pk=pk)


@requires("institutions.add_postholder")
@GET_POST
def fill_post(request, pk):
    post = _open_post(pk)
    one = post.institution
    form = FillPostForm(request.POST or None, institution=one)

    def act():
        given = {key: value for key, value in form.cleaned_data.items() if key != "idem"}
        post_actions.fill_post(post, by=request.user, **given)
        return one.get_absolute_url()

    return form_page(
        request,
        "institutions/registry/fill_post.html",
        form,
        act,
        done="Pejabat dicatat.",
        post=post,
        institution=one,
        holder=post.holder,
        trail=_steps(one),
    )


@requires("institutions.change_postholder")
@GET_POST
def vacate_post(request, pk):
    post = _open_post(pk)
    form = VacatePostForm(request.POST or None)

    def act():
        given = {key: form.cleaned_data[key] for key in ("on", "reason")}
        post_actions.vacate_post(post, by=request.user, **given)
        return address("institution", post.institution_id)

    return form_page(
        request,
        "institutions/registry/vacate_post.html",
        form,
        act,
        done="Masa jabatan diakhiri. Jabatan tercatat kosong.",
        post=post,
        institution=post.institution,
        holder=post.holder,
        trail=_steps(post.institution),
    )
