"""A proof of an activity."""

from django import forms

from institutions.models import Document
from pug_portal.core.forms import PortalForm
from pug_portal.core.uploads import UploadField

K = Document.Kind
KINDS = (
    K.PHOTO,
    K.ATTENDANCE,
    K.ACTIVITY_REPORT,
    K.MINUTES,
    K.INVITATION,
    K.MATERIAL,
    K.KAK,
    K.CAMPAIGN,
    K.CLIPPING,
)


class ProveForm(PortalForm):
    title = forms.CharField(
        label="Apa yang dibuktikan", max_length=200, help_text="Contoh: Daftar hadir bertanda tangan"
    )
    kind = forms.ChoiceField(label="Jenis bukti", choices=[(kind.value, kind.label) for kind in KINDS])
    upload = UploadField(label="Berkas", kind="evidence")
