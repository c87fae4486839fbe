from django.urls import path, re_path

from focal_points.views import appointments, board, directory, plans, reports, review

app_name = "focal_points"

DESK = "kerja/focal-point/"

urlpatterns = [
    # /pug/focal-point/
    path("pug/focal-point/", directory.directory, name="directory"),
    # /kerja/focal-point/
    path(DESK, reports.reports, name="reports"),
    path(f"{DESK}lapor/", reports.log, name="log"),
    path(f"{DESK}laporan/<uuid:pk>/", reports.report, name="report"),
    path(f"{DESK}laporan/<uuid:pk>/ubah/", reports.change, name="change"),
    path(f"{DESK}laporan/<uuid:pk>/kirim/", reports.submit, name="submit"),
    path(f"{DESK}laporan/<uuid:pk>/bukti/<uuid:document_id>/", reports.proof, name="proof"),
    path(f"{DESK}laporan/<uuid:pk>/bukti/<uuid:document_id>/lepas/", reports.unprove, name="unprove"),
    # /kerja/focal-point/rencana/
    path(f"{DESK}rencana/", plans.plans, name="plans"),
    path(f"{DESK}rencana/baru/", plans.plan, name="plan"),
    path(f"{DESK}rencana/<uuid:pk>/ubah/", plans.change_plan, name="change_plan"),
    path(f"{DESK}rencana/<uuid:pk>/batal/", plans.cancel_plan, name="cancel_plan"),
    # /kerja/focal-point/unit/
    path(f"{DESK}unit/", board.own_board, name="own_board"),
    path(f"{DESK}lembaga/<uuid:pk>/", reports.agency_reports, name="agency_reports"),
    # /kerja/focal-point/telaah/
    path(f"{DESK}telaah/", review.review_inbox, name="review_inbox"),
    path(f"{DESK}telaah/setujui/", review.approve_batch, name="approve_batch"),
    path(f"{DESK}telaah/<uuid:pk>/", review.review, name="review"),
    path(f"{DESK}telaah/<uuid:pk>/setujui/", review.approve, name="approve"),
    path(f"{DESK}telaah/<uuid:pk>/kembalikan/", review.send_back, name="send_back"),
    path(f"{DESK}telaah/<uuid:pk>/urungkan/", review.undo, name="undo"),
    # /kerja/focal-point/papan/
    path(f"{DESK}papan/", board.board, name="board"),
    re_path(rf"^{DESK}papan/unduh\.(?P<form>xlsx|csv)$", board.board_file, name="board_file"),
    # /kerja/focal-point/penetapan/
    path(f"{DESK}penetapan/", appointments.appointments, name="appointments"),
    path(f"{DESK}penetapan/baru/", appointments.appoint, name="appoint"),
    path(f"{DESK}penetapan/lembaga/<uuid:pk>/", appointments.appointments_of, name="appointments_of"),
    path(f"{DESK}penetapan/lembaga/<uuid:pk>/baru/", appointments.appoint, name="appoint_at"),
    path(f"{DESK}penetapan/<uuid:pk>/perbaiki/", appointments.correct, name="correct"),
    path(f"{DESK}penetapan/<uuid:pk>/akhiri/", appointments.end, name="end"),
    path(f"{DESK}penetapan/<uuid:pk>/akun/", appointments.connect, name="connect"),
]
