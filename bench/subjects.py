"""What is measured: pages by role, route and query."""

from dataclasses import dataclass

from pug_portal.core.roles import Role

FLOOR = "floor B"
CARD, BARE = "first card (POST)", "bare insert (POST)"
DEEP = 200  # pages walked before the deep one


@dataclass(frozen=True)
class Page:
    """One address as one person sees it; `depth`: how many times "next" is followed first."""

    name: str
    role: Role
    route: str
    query: str = ""
    depth: int = 0


MANAGER = Role.CASE_MANAGER
PAGES = (
    Page("cases: running, first page", MANAGER, "seruni_cases:caseload"),
    Page("cases: closed", MANAGER, "seruni_cases:caseload", "status=ditutup"),
    Page(f"cases: closed, page {DEEP}", MANAGER, "seruni_cases:caseload", "status=ditutup", DEEP),
    Page("cases: high risk", MANAGER, "seruni_cases:caseload", "risk=tinggi"),
    Page("cases: one kecamatan", MANAGER, "seruni_cases:caseload", "kecamatan={kecamatan}"),
    Page(
        "cases: closed, one kecamatan, high risk, one age",
        MANAGER,
        "seruni_cases:caseload",
        "status=ditutup&kecamatan={kecamatan}&risk=tinggi&age_band=18-24",
    ),
    Page("cases: follow-up due", MANAGER, "seruni_cases:caseload", "perhatian=tindak_lanjut"),
    Page("cases: without companion", MANAGER, "seruni_cases:caseload", "perhatian=tanpa_pendamping"),
    Page("cases: quiet for 14 days", MANAGER, "seruni_cases:caseload", "perhatian=sepi"),
    Page("cases: children", MANAGER, "seruni_cases:caseload", "perhatian=anak"),
    Page("cases: a companion's own", Role.COMPANION, "seruni_cases:caseload"),
    Page("desk: waiting reports", Role.COMPLAINT_OFFICER, "seruni_cases:inbox"),
    Page("desk: all reports", MANAGER, "seruni_cases:inbox", "tampil=semua"),
)
