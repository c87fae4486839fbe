"""Decrees: the list, the page, the draft, its members, publication, the printed annex."""

from copy import copy

from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404, render

from institutions.access import may, visible_decrees, visible_documents
from institutions.actions import decrees as decree_actions
from institutions.actions import evidence, publication
from institutions.actions.printing import FORMATS, print_annex
from institutions.forms.decrees import ChangeDecreeForm, DecreeForm, MemberForm, PublishForm
from institutions.forms.documents import AttachForm
from institutions.forms.filters import DecreeFilter
from institutions.models import Decree, Document, Membership
from institutions.views._ways import GET_POST, POST, address, do, form_page, rooms, trail
from pug_portal.core import documents
from pug_portal.core.access import requires
from pug_portal.core.lists import FilterChips, KeysetPage

LIST_TRAIL = ("Keputusan", "decrees")
OFFERED = 50  # documents shown in the box at once; the search above it reaches the others


@requires("institutions.view_registry")
def decrees(request):
    rows = visible_decrees(request.user).annotate(lines=Count("memberships"))
    filterset = DecreeFilter(request.GET, queryset=rows)
    context = {
        "filter": filterset,
        "chips": FilterChips(filterset, request.GET),
        "page": KeysetPage(filterset.qs, order=("-valid_from", "-id"), params=request.GET),
        "rooms": rooms(request, "decrees"),
        "may_draft": may(request.user, "manage_pokja"),
    }
    return render(request, "institutions/decrees/decrees.html", context)


def _open(user, pk) -> Decree:
    rows = visible_decrees(user).select_related("replaces", "institution", "published_by")
    return get_object_or_404(rows, pk=pk)


def _steps(decree: Decree | None = None):
    steps = [(LIST_TRAIL[0], address(LIST_TRAIL[1]))]
    if decree is not None:
        steps.append((decree.number or "Draf keputusan", decree.get_absolute_url()))
    return trail(*steps)


@requires("institutions.view_registry")
def decree(request, pk):
    """One decree with its composition; on a draft also what still hinders its publication."""
    one = _open(request.user, pk)
    user = request.user
    manages = may(user, "manage_pokja")
    draft = one.is_draft
    members = list(one.memberships.with_holders().in_order())
    context = {
        "decree": one,
        "trail": _steps(),
        "members": members,
        "bases": one.legal_bases.by_rank(),
        "replaced_by": [] if draft else one.replaced_by.published(),
        "documents": visible_documents(user).attached_to(one),
        "hindrances": publication.hindrances(one, members) if draft else [],
        "warnings": publication.warnings(one, members) if draft or one.is_running else [],
        "may_edit": manages and draft,
        "may_attach": manages,
        "may_publish": draft and may(user, "publish_decree"),
        "is_pokja": one.subject == Decree.Subject.POKJA and one.kind != Decree.Kind.WITHDRAW,
    }
    return render(request, "institutions/decrees/decree.html", context)


@requires("institutions.manage_pokja")
@GET_POST
def draft_decree(request):
    running = Decree.objects.current_pokja()
    initial = {"subject": Decree.Subject.POKJA}
    if running:
        initial |= {"kind": Decree.Kind.CHANGE, "replaces": running.pk}
    form = DecreeForm(request.POST or None, initial=initial)

    def act():
        made = decree_actions.draft_decree(by=request.user, **form.changes())
        return made.get_absolute_url()

    return form_page(
        request,
        "institutions/decrees/draft_decree.html",
        form,
        act,
        done="Draf keputusan disimpan. Lanjutkan dengan menyusun anggotanya.",
        trail=_steps(),
    )


@requires("institutions.manage_pokja")
@GET_POST
def change_decree(request, pk):
    one = _open(request.user, pk)
    form = ChangeDecreeForm(request.POST or None, instance=copy(one))

    def act():
        version = form.cleaned_data["version"]
        decree_actions.change_decree(one, changes=form.changes(), version=version, by=request.user)
        return one.get_absolute_url()

    return form_page(
        request,
        "institutions/decrees/change_decree.html",
        form,
        act,
        done="Perubahan draf disimpan.",
        decree=one,
        trail=_steps(one),
    )


@requires("institutions.manage_pokja")
@GET_POST
def discard_decree(request, pk):
    one = _open(request.user, pk)
    if request.method != "POST":
        context = {
            "trail": _steps(one),
            "question": "Buang draf keputusan ini?",
            "consequences": ["Draf dan susunan anggotanya dihapus.", "Keputusan yang berlaku tidak berubah."],
            "confirm_text": "Buang draf",
            "cancel_url": one.get_absolute_url(),
            "danger": True,
        }
        return render(request, "institutions/confirm.html", context)
    return do(
        request,
        lambda: decree_actions.discard_decree(one, by=request.user),
        url=address("decrees"),
        done="Draf dibuang.",
    )


# Members ------------------------------------------------------------------------------------------


@requires("institutions.manage_pokja")
@POST
def propose_composition(request, pk):
    one = _open(request.user, pk)
    return do(
        request,
        lambda: decree_actions.propose_composition(one, by=request.user),
        url=f"{one.get_absolute_url()}#susunan",
        done="Susunan diusulkan dari daftar lembaga. Periksa sebelum ditetapkan.",
    )


@requires("institutions.manage_pokja")
@GET_POST
def add_member(request, pk):
    one = _open(request.user, pk)
    form = MemberForm(request.POST or None, decree=one, initial={"position": Membership.Position.MEMBER})

    def act():
        decree_actions.add_member(one, by=request.user, **form.changes())
        return f"{one.get_absolute_url()}#susunan"

    return form_page(
        request,
        "institutions/decrees/add_member.html",
        form,
        act,
        done="Anggota ditambahkan.",
        decree=one,
        trail=_steps(one),
    )


def _open_member(user, pk) -> Membership:
    rows = Membership.objects.filter(decree__in=visible_decrees(user))
    return get_object_or_404(rows.select_related("decree", "post__institution"), pk=pk)


@requires("institutions.manage_pokja")
@GET_POST
def change_member(request, pk):
    member = _open_member(request.user, pk)
    one = member.decree
    form = MemberForm(request.POST or None, decree=one, instance=copy(member))

    def act():
        changes = form.changes()
        changes["order"] = changes["order"] or member.order
        decree_actions.change_member(member, changes=changes, by=request.user)
        return f"{one.get_absolute_url()}#susunan"

    return form_page(
        request,
        "institutions/decrees/change_member.html",
        form,
        act,
        done="Anggota diubah.",
        decree=one,
        member=_open_member(request.user, pk),
        trail=_steps(one),
    )


@requires("institutions.manage_pokja")
@GET_POST
def remove_member(request, pk):
    member = _open_member(request.user, pk)
    one = member.decree
    if request.method != "POST":
        context = {
            "trail": _steps(one),
            "question": f"Keluarkan {member.office_title} dari susunan?",
            "confirm_text": "Keluarkan",
            "cancel_url": f"{one.get_absolute_url()}#susunan",
            "danger": True,
        }
        return render(request, "institutions/confirm.html", context)
    return do(
        request,
        lambda: decree_actions.remove_member(member, by=request.user),
        url=f"{one.get_absolute_url()}#susunan",
        done="Anggota dikeluarkan dari susunan.",
    )


# Publication --------------------------------------------------------------------------------------


@requires("institutions.publish_decree")
@GET_POST
def publish_decree(request, pk):
    one = _open(request.user, pk)
    form = PublishForm(request.POST or None, initial={"version": one.version})

    def act():
        publication.publish_decree(one, version=form.cleaned_data["version"], by=request.user)
        return one.get_absolute_url()

    return form_page(
        request,
        "institutions/decrees/publish_decree.html",
        form,
        act,
        done="Keputusan ditetapkan dan tampil di halaman publik.",
        decree=one,
        trail=_steps(one),
        hindrances=publication.hindrances(one) if one.is_draft else [],
        warnings=publication.warnings(one),
        ending=list(publication.predecessors(one)) if one.is_draft else [],
        count=one.memberships.count(),
    )


@requires("institutions.view_registry")
@POST
def decree_annex(request, pk, form: str):
    """The annex as PDF or Word; a POST, because printing is recorded."""
    one = _open(request.user, pk)
    if form not in FORMATS:
        raise Http404
    content, content_type = print_annex(one, form=form, by=request.user)
    name = f"lampiran-{one.number or 'draf'}.{form}".replace("/", "-")
    return documents.download(name, content, content_type)


@requires("institutions.manage_pokja")
@GET_POST
def attach_document(request, pk):
    """Attach a document of the vault to the decree, such as the signed scan."""
    one = _open(request.user, pk)
    seen = visible_documents(request.user)
    free = seen.exclude(pk__in=Document.objects.attached_to(one).values("pk")).order_by("-added_at")
    asked = request.GET.get("cari", "")
    offered = (free.search(asked) if asked else free)[:OFFERED]
    form = AttachForm(request.POST or None, documents=free, offered=offered)

    def act():
        given = form.cleaned_data
        evidence.attach(given["document"], to=one, caption=given["caption"], by=request.user)
        return f"{one.get_absolute_url()}#berkas"

    return form_page(
        request,
        "institutions/decrees/attach_document.html",
        form,
        act,
        done="Dokumen ditautkan.",
        decree=one,
        asked=asked,
        count=len(offered),
        trail=_steps(one),
    )


@requires("institutions.manage_pokja")
@POST
def detach_document(request, pk, document):
    one = _open(request.user, pk)
    proof = get_object_or_404(visible_documents(request.user), pk=document)
    return do(
        request,
        lambda: evidence.detach(proof, from_=one, by=request.user),
        url=f"{one.get_absolute_url()}#berkas",
        done="Tautan dilepas; dokumen tetap tersimpan.",
    )
