"""Public pages of the roof: the three doors, help, what PUG is, who to call."""

from django.conf import settings
from django.http import HttpResponseNotAllowed
from django.shortcuts import render
from django.urls import reverse

from activities.models import Activity
from institutions.models import ContactPoint, Decree, Institution, Page
from pug_portal.core import drafts
from pug_portal.core.access import public

# Shown on every help page whatever the register says: somebody may need them tonight.
ALWAYS_SHOWN = ("darurat", "nomor-darurat", "sapa-129")


def _contacts():
    """Return the city's own contacts that somebody has checked."""
    return ContactPoint.objects.published().exclude(slug__in=ALWAYS_SHOWN)


def _texts(*slugs: str) -> dict[str, Page]:
    """Return the office's own texts by a name that templates can spell."""
    return {slug.replace("-", "_"): page for slug, page in Page.objects.text_of(*slugs).items()}


@public
def front(request):
    coming = Activity.objects.published().coming().order_by("starts_at", "id")[:4]
    return render(request, "public/front.html", {"coming": coming})


@public
def about(request):
    texts = _texts("tentang-pug", "masyarakat")
    return render(request, "public/about.html", {"door": "pug", "texts": texts})


@public
def help_now(request):
    texts = _texts("bantuan", "hak-anda")
    return render(request, "public/help.html", {"contacts": _contacts(), "texts": texts})


@public
def rights(request):
    return render(request, "public/rights.html", {"texts": _texts("hak-anda")})


@public
def safety(request):
    return render(request, "public/safety.html")


@public
def seruni(request):
    context = {
        "contacts": _contacts(),
        "texts": _texts("seruni", "seruni-tujuan", "seruni-layanan"),
        "decrees": Decree.objects.published().filter(subject=Decree.Subject.SERUNI).order_by("dated"),
    }
    return render(request, "public/seruni.html", context)


@public
def services(request):
    partners = Institution.objects.valid().filter(kind=Institution.Kind.PARTNER)
    rows = [{"title": partner.name, "url": reverse("home:seruni")} for partner in partners]
    return render(request, "public/services.html", {"rows": rows})


@public
def contact(request):
    texts = _texts("kontak")
    return render(request, "public/contact.html", {"contacts": _contacts(), "texts": texts})


@public
def accessibility(request):
    return render(request, "public/accessibility.html", {"texts": _texts("aksesibilitas")})


@public
def privacy(request):
    return render(request, "public/privacy.html", {"texts": _texts("privasi")})


@public
def sitemap(request):
    pages = [
        ("Bantuan", "home:help"),
        ("Menjaga privasi di HP dan komputer", "home:safety"),
        ("Hak Anda", "home:rights"),
        ("PPT SERUNI", "home:seruni"),
        ("Direktori layanan", "home:services"),
        ("Apa itu PUG", "home:about"),
        ("Pokja PUG: susunan dan tugas", "institutions:pokja"),
        ("Cari focal point", "focal_points:directory"),
        ("Kegiatan", "activities:calendar"),
        ("Penghargaan", "institutions:awards"),
        ("Dasar hukum", "institutions:legal_basis"),
        ("Kontak", "home:contact"),
        ("Privasi", "home:privacy"),
        ("Aksesibilitas", "home:accessibility"),
        ("Masuk petugas", "account_login"),
    ]
    rows = [{"title": title, "url": reverse(name)} for title, name in pages]
    return render(request, "public/sitemap.html", {"rows": rows})


@public
def quick_exit(request):
    """Wipe what this visitor left on the server and lead to a neutral page.

    A signed-in officer keeps the session: the button is for those who have no account.
    """
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if not request.user.is_authenticated and request.session.session_key:
        drafts.discard(drafts.owner_of(request))
        request.session.flush()
    response = render(request, "public/quick_exit.html", {"target": settings.EXIT_TARGET})
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response
