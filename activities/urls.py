from django.urls import path

from activities.views import attendance, people, proposal, public, publication, report, workspace

app_name = "activities"

ONE = "kerja/kegiatan/<uuid:pk>/"

urlpatterns = [
    # /kegiatan/
    path("kegiatan/", public.calendar, name="calendar"),
    path("kegiatan/kalender.ics", public.feed, name="feed"),
    path("kegiatan/<slug:slug>/", public.activity, name="activity"),
    path("kegiatan/<slug:slug>/kalender.ics", public.activity_file, name="activity_file"),
    # /kerja/kegiatan/
    path("kerja/kegiatan/", workspace.workspace, name="workspace"),
    path("kerja/kegiatan/usul/", proposal.propose, name="propose"),
    path(ONE, workspace.overview, name="overview"),
    path(f"{ONE}salin/", proposal.clone, name="clone"),
    path(f"{ONE}ubah/", proposal.change, name="change"),
    path(f"{ONE}ajukan/", proposal.submit, name="submit"),
    path(f"{ONE}setujui/", proposal.approve, name="approve"),
    path(f"{ONE}kembalikan/", proposal.send_back, name="send_back"),
    path(f"{ONE}terbitkan/", publication.publish, name="publish"),
    path(f"{ONE}tarik/", publication.withdraw, name="withdraw"),
    path(f"{ONE}terbitkan-hasil/", publication.conclude, name="conclude"),
    path(f"{ONE}narasumber/", people.add_speaker, name="add_speaker"),
    path(f"{ONE}narasumber/<uuid:speaker>/hapus/", people.remove_speaker, name="remove_speaker"),
    path(f"{ONE}peserta/", people.participants, name="participants"),
    path(f"{ONE}peserta/daftar/", people.register, name="register"),
    path(f"{ONE}peserta/tempel/", people.paste, name="paste"),
    path(f"{ONE}peserta/unduh/", report.export, name="export"),
    path(f"{ONE}peserta/<uuid:person>/ubah/", people.change_participant, name="change_participant"),
    path(
        f"{ONE}peserta/<uuid:person>/batalkan/",
        people.withdraw_participant,
        name="withdraw_participant",
    ),
    path(
        f"{ONE}peserta/<uuid:person>/pulihkan/",
        people.restore_participant,
        name="restore_participant",
    ),
    path(f"{ONE}presensi/", attendance.attendance, name="attendance"),
    path(f"{ONE}presensi/tandai/", attendance.mark, name="mark"),
    path(f"{ONE}presensi/<uuid:person>/urungkan/", attendance.undo, name="undo"),
    path(f"{ONE}daftar-hadir/", attendance.sheet, name="sheet"),
    path(f"{ONE}tutup/", report.hold, name="hold"),
    path(f"{ONE}laporan/", report.report, name="report"),
    path(f"{ONE}laporan.pdf", report.report_file, {"form": "pdf"}, name="report_pdf"),
    path(f"{ONE}laporan.docx", report.report_file, {"form": "docx"}, name="report_docx"),
    path(f"{ONE}bukti/", report.prove, name="prove"),
]
