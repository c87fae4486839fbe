from django.urls import path

from pug_portal.core.views import accounts, drafts, invitations, pages, sessions

app_name = "core"

urlpatterns = [
    # /sehat/
    path("sehat/hidup", pages.alive, name="alive"),
    path("sehat/siap", pages.ready, name="ready"),
    # /sesi/
    path("sesi/masih-di-sini/", sessions.keep_alive, name="keep_alive"),
    # /undangan/
    path("undangan/<str:secret>/", invitations.accept, name="accept_invitation"),
    # /kerja/draf/
    path("kerja/draf/<slug:form>/", drafts.autosave, name="autosave"),
    # /kerja/akun/
    path("kerja/akun/", accounts.people, name="accounts"),
    path("kerja/akun/undang/", invitations.invite, name="invite"),
    path("kerja/akun/undangan/<uuid:pk>/", invitations.invitation, name="invitation"),
    path("kerja/akun/undangan/<uuid:pk>/batalkan/", invitations.withdraw, name="withdraw_invitation"),
    path("kerja/akun/peran/<uuid:pk>/akhiri/", accounts.end_role, name="end_role"),
    path("kerja/akun/<uuid:pk>/", accounts.account, name="account"),
    path("kerja/akun/<uuid:pk>/undang-lagi/", invitations.resend, name="resend_invitation"),
    path("kerja/akun/<uuid:pk>/peran/", accounts.grant_role, name="grant_role"),
    path("kerja/akun/<uuid:pk>/nonaktifkan/", accounts.deactivate, name="deactivate"),
]
