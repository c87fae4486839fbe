"""The menu of a person: at most six entries, by what her roles may do."""

from django.urls import reverse

# (words, url name, permission); order is the order on screen
ENTRIES = [
    ("Beranda", "home:desk", "core.use_portal"),
    ("Aduan", "seruni_cases:inbox", "seruni_cases.view_complaint"),
    ("Cari", "seruni_cases:search", "seruni_cases.search_case"),
    ("Kasus", "seruni_cases:caseload", "seruni_cases.view_caseload"),
    ("Angka", "seruni_cases:figures", "seruni_cases.view_figures"),
    ("Rujukan", "seruni_cases:referrals", "seruni_cases.answer_referral"),
    ("Laporan saya", "focal_points:reports", "focal_points.report_duty"),
    ("Laporan", "focal_points:review_inbox", "focal_points.review_report"),
    ("Papan", "focal_points:board", "focal_points.view_board"),
    ("Unit saya", "focal_points:own_board", "focal_points.view_own_board"),
    ("Kegiatan", "activities:workspace", "activities.view_activity"),
    ("Lembaga", "institutions:registry", "institutions.view_registry"),
    ("Kelola", "admin:index", ""),
]


def menu_for(request):
    """Return [(words, address, is the current page)] for the skeleton."""
    user, entries = request.user, []
    for words, name, permission in ENTRIES:
        allowed = user.has_perm(permission) if permission else user.is_staff
        if allowed:
            address = reverse(name)
            entries.append((words, address, request.path == address))
    return entries[:6]
