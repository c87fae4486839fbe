"""Full paths; every URL name is the name of its view."""

from django.urls import path

from institutions.views import content, decrees, documents, public, registry

app_name = "institutions"

urlpatterns = [
    # /pug/ and /publikasi/: everybody
    path("pug/struktur/", public.pokja, name="pokja"),
    path("pug/struktur/bagan-<str:paper>.pdf", public.pokja_sheet, name="pokja_sheet"),
    path("pug/dasar-hukum/", public.legal_basis, name="legal_basis"),
    path("pug/penghargaan/", public.awards, name="awards"),
    path("publikasi/", public.publications, name="publications"),
    path("dokumen/<uuid:pk>/berkas/", public.document_file, name="document_file"),
    # /kerja/lembaga/
    path("kerja/lembaga/", registry.registry, name="registry"),
    path("kerja/lembaga/tambah/", registry.add_institution, name="add_institution"),
    path("kerja/lembaga/impor/", registry.import_registry, name="import_registry"),
    path("kerja/lembaga/unduh.<str:form>", registry.export_registry, name="export_registry"),
    path("kerja/lembaga/<uuid:pk>/", registry.institution, name="institution"),
    path("kerja/lembaga/<uuid:pk>/ubah/", registry.change_institution, name="change_institution"),
    path("kerja/lembaga/<uuid:pk>/ganti-nama/", registry.rename_institution, name="rename_institution"),
    path("kerja/lembaga/<uuid:pk>/akhiri/", registry.close_institution, name="close_institution"),
    path("kerja/lembaga/<uuid:pk>/jabatan/", registry.add_post, name="add_post"),
    path("kerja/lembaga/jabatan/<uuid:pk>/isi/", registry.fill_post, name="fill_post"),
    path("kerja/lembaga/jabatan/<uuid:pk>/kosongkan/", registry.vacate_post, name="vacate_post"),
    # /kerja/lembaga/keputusan/
    path("kerja/lembaga/keputusan/", decrees.decrees, name="decrees"),
    path("kerja/lembaga/keputusan/susun/", decrees.draft_decree, name="draft_decree"),
    path("kerja/lembaga/keputusan/<uuid:pk>/", decrees.decree, name="decree"),
    path("kerja/lembaga/keputusan/<uuid:pk>/ubah/", decrees.change_decree, name="change_decree"),
    path("kerja/lembaga/keputusan/<uuid:pk>/buang/", decrees.discard_decree, name="discard_decree"),
    path(
        "kerja/lembaga/keputusan/<uuid:pk>/usulkan/",
        decrees.propose_composition,
        name="propose_composition",
    ),
    path("kerja/lembaga/keputusan/<uuid:pk>/anggota/", decrees.add_member, name="add_member"),
    path("kerja/lembaga/keputusan/anggota/<uuid:pk>/ubah/", decrees.change_member, name="change_member"),
    path(
        "kerja/lembaga/keputusan/anggota/<uuid:pk>/keluarkan/",
        decrees.remove_member,
        name="remove_member",
    ),
    path("kerja/lembaga/keputusan/<uuid:pk>/tetapkan/", decrees.publish_decree, name="publish_decree"),
    path("kerja/lembaga/keputusan/<uuid:pk>/lampiran-<str:form>/", decrees.decree_annex, name="decree_annex"),
    path("kerja/lembaga/keputusan/<uuid:pk>/berkas/", decrees.attach_document, name="attach_document"),
    path(
        "kerja/lembaga/keputusan/<uuid:pk>/berkas/<uuid:document>/lepas/",
        decrees.detach_document,
        name="detach_document",
    ),
    # /kerja/lembaga/dokumen/
    path("kerja/lembaga/dokumen/", documents.documents, name="documents"),
    path("kerja/lembaga/dokumen/tambah/", documents.add_document, name="add_document"),
    path("kerja/lembaga/dokumen/<uuid:pk>/", documents.document, name="document"),
    path("kerja/lembaga/dokumen/<uuid:pk>/ubah/", documents.change_document, name="change_document"),
    path("kerja/lembaga/dokumen/<uuid:pk>/ganti-berkas/", documents.replace_file, name="replace_file"),
    path("kerja/lembaga/dokumen/<uuid:pk>/edisi/<int:number>/", documents.edition_file, name="edition_file"),
    # /kerja/lembaga/: law, contacts, texts
    path("kerja/lembaga/dasar-hukum/", content.legal_bases, name="legal_bases"),
    path("kerja/lembaga/kontak/", content.contacts, name="contacts"),
    path("kerja/lembaga/kontak/<slug:slug>/", content.change_contact, name="change_contact"),
    path("kerja/lembaga/kontak/<slug:slug>/diperiksa/", content.confirm_contact, name="confirm_contact"),
    path("kerja/lembaga/teks/", content.pages, name="pages"),
    path("kerja/lembaga/teks/<slug:slug>/", content.change_page, name="change_page"),
]
