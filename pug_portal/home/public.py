"""Public pages of the roof: the three doors, help, what PUG is, who to call."""

from django.conf import settings
from django.http import HttpResponseNotAllowed
from django.shortcuts import render
from django.urls import reverse

from activities.models import Activity
from institutions.models import ContactPoint, Decree, Institution
from pug_portal.core import drafts
from pug_portal.core.access import public

# The office's own wording (seed text), shortened where a reader in need would stop reading.
SERUNI_GOALS = (
    "Mendampingi perempuan dan anak korban kekerasan agar haknya atas pemulihan dan penguatan "
    "terpenuhi, dan menemukan jalan keluar yang memungkinkan hidup layak.",
    "Membantu mencegah kekerasan terhadap perempuan dan anak lewat sosialisasi dan penyuluhan hukum.",
    "Mengembangkan kemitraan dengan lembaga masyarakat, kelompok keagamaan, organisasi sosial "
    "wanita, dan dunia usaha yang peduli.",
    "Menyediakan tempat pengaduan, pencatatan, kronologi dan rapat kasus, serta rumah aman bagi "
    "korban yang terancam jiwanya.",
    "Bekerja sama dengan anggota tim agar penanganan korban kekerasan dan perdagangan orang lebih baik.",
)
SERUNI_SERVICES = (
    "Menerima pengaduan dan registrasi korban.",
    "Konseling awal.",
    "Rumah aman bagi korban yang terancam jiwanya.",
    "Pendampingan medis, psikologis, rohani, dan psikososial.",
    "Rapat kasus.",
    "Rujukan kepada anggota tim.",
    "Pencegahan lewat sosialisasi, siaran, dan penyebaran bahan informasi.",
    "Mendorong peran serta masyarakat dalam pencegahan, pendampingan, dan pemantauan.",
    "Kerja sama dengan pihak ketiga untuk pemulihan korban.",
)


# Shown on every help page whatever the register says: somebody may need them tonight.
ALWAYS_SHOWN = ("darurat", "nomor-darurat", "sapa-129")


def _contacts():
    """Return the city's own contacts that somebody has checked."""
    return ContactPoint.objects.published().exclude(slug__in=ALWAYS_SHOWN)


@public
def front(request):
    coming = Activity.objects.published().coming().order_by("starts_at", "id")[:4]
    return render(request, "public/front.html", {"coming": coming})


@public
def about(request):
    return render(request, "public/about.html", {"door": "pug"})


@public
def help_now(request):
    return render(request, "public/help.html", {"contacts": _contacts()})


@public
def safety(request):
    return render(request, "public/safety.html")


@public
def seruni(request):
    context = {
        "contacts": _contacts(),
        "goals": SERUNI_GOALS,
        "services": SERUNI_SERVICES,
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
    return render(request, "public/contact.html", {"contacts": _contacts()})


@public
def accessibility(request):
    return render(request, "public/accessibility.html")


@public
def privacy(request):
    return render(request, "public/privacy.html")


@public
def sitemap(request):
    pages = [
        ("Bantuan", "home:help"),
        ("Menjaga privasi di HP dan komputer", "home:safety"),
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
