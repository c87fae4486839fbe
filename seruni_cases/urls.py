from django.urls import path, re_path

from seruni_cases.views import (
    casework,
    chronology,
    closure,
    complaint,
    figures,
    identity,
    inbox,
    officers,
    referral,
    work,
)

app_name = "seruni_cases"

DESK, CASE, SENT, PACKET = (
    "kerja/seruni/aduan/",
    "kerja/seruni/kasus/",
    "kerja/seruni/rujukan-keluar/",
    "kerja/seruni/rujukan/",
)

urlpatterns = [
    # /kerja/seruni/aduan/
    path(DESK, inbox.inbox, name="inbox"),
    path("kerja/seruni/cari/", inbox.search, name="search"),
    path("kerja/seruni/kartu/", inbox.card, name="card"),
    path("kerja/seruni/kartu/draf/", inbox.card_draft, name="card_draft"),
    path("kerja/seruni/kartu/baru/", inbox.card_discard, name="card_discard"),
    path("kerja/seruni/kartu/lembar/", inbox.card_paper, name="card_paper"),
    path(DESK + "<str:code>/", complaint.complaint, name="complaint"),
    path(DESK + "<str:code>/diterima/", complaint.received, name="received"),
    path(DESK + "<str:code>/lengkapi/", complaint.complete, name="complete"),
    path(DESK + "<str:code>/triase/", complaint.triage, name="triage"),
    path(DESK + "<str:code>/kontak/", complaint.call_back, name="call_back"),
    path(DESK + "<str:code>/identitas/", complaint.reveal_complaint, name="reveal_complaint"),
    path(DESK + "<str:code>/daftar/", complaint.register, name="register"),
    # /kerja/seruni/kasus/
    path(CASE, casework.caseload, name="caseload"),
    path("kerja/seruni/identitas/", identity.reveals, name="reveals"),
    path(CASE + "<str:code>/", casework.case, name="case"),
    path(CASE + "<str:code>/tahap/<str:verb>/", casework.move, name="move"),
    path(CASE + "<str:code>/catatan/", casework.note, name="note"),
    path(CASE + "<str:code>/data/", casework.facts, name="facts"),
    path(CASE + "<str:code>/kronologi/", chronology.chronology, name="chronology"),
    path(CASE + "<str:code>/cetak/", chronology.print_case, name="print_case"),
    path(CASE + "<str:code>/buka-identitas/", identity.reveal, name="reveal"),
    path(CASE + "<str:code>/identitas/", identity.identity, name="identity"),
    path(CASE + "<str:code>/petugas/", officers.assign, name="assign"),
    path(CASE + "<str:code>/pengecualian/", officers.exclude, name="exclude"),
    path(CASE + "<str:code>/pengecualian/<uuid:user_id>/", officers.include, name="include"),
    path(CASE + "<str:code>/persetujuan/", work.consent, name="consent"),
    path(CASE + "<str:code>/persetujuan/<uuid:consent_id>/cabut/", work.withdraw, name="withdraw"),
    path(CASE + "<str:code>/layanan/", work.service, name="service"),
    path(CASE + "<str:code>/tindak-lanjut/", work.follow_up, name="follow_up"),
    path(CASE + "<str:code>/rujuk/", referral.refer, name="refer"),
    path(CASE + "<str:code>/tutup/", closure.close, name="close"),
    path(CASE + "<str:code>/putusan-tutup/", closure.approve_closure, name="approve_closure"),
    path(CASE + "<str:code>/buka-kembali/", closure.reopen, name="reopen"),
    # /kerja/seruni/angka/
    path("kerja/seruni/angka/", figures.figures, name="figures"),
    re_path(
        r"^kerja/seruni/angka/(?P<name>[a-z]+)\.(?P<form>csv|xlsx|png)$",
        figures.figure_file,
        name="figure_file",
    ),
    # Sent referrals
    path(SENT + "<str:code>/", referral.referral, name="referral"),
    path(SENT + "<str:code>/dibaca/", referral.seen, name="seen"),
    path(SENT + "<str:code>/cabut/", referral.revoke, name="revoke"),
    # /kerja/seruni/rujukan/: the partner's side
    path(PACKET, referral.referrals, name="referrals"),
    path(PACKET + "<str:code>/", referral.packet, name="packet"),
    path(PACKET + "<str:code>/terima/", referral.answer, name="answer"),
    path(PACKET + "<str:code>/tidak-bisa/", referral.decline, name="decline"),
    path(PACKET + "<str:code>/kabar/", referral.report_back, name="report_back"),
]
