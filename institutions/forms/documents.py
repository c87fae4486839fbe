"""A document of the evidence vault."""

from django import forms

from institutions.models import PREREQUISITES, PROCESSES, Document, Institution
from pug_portal.core.forms import IndonesianDateField, PortalForm
from pug_portal.core.uploads import UploadField


class DigitsField(forms.MultipleChoiceField):
    """Ticks of a numbered list; cleans to the digits in order, such as "137"."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, words: dict[int, str], **kwargs):
        choices = [(str(number), f"{number}. {word}") for number, word in words.items()]
        super().__init__(choices=choices, required=False, **kwargs)

    def prepare_value(self, value):
        return list(value) if isinstance(value, str) else value

    def clean(self, value):
        return "".join(sorted(set(super().clean(value))))


class ChangeDocumentForm(PortalForm):
    """What is said about a proof; one more field for its file when it is new."""

    title = forms.CharField(
        label="Judul", max_length=200, help_text="Apa yang dibuktikan. Tanpa nama warga atau korban."
    )
    kind = forms.ChoiceField(label="Jenis", choices=[("", "Pilih jenis"), *Document.Kind.choices])
    number = forms.CharField(label="Nomor", max_length=80, required=False)
    dated = IndonesianDateField(label="Tanggal dokumen", required=False, not_future=True)
    signer = forms.CharField(
        label="Penanda tangan",
        max_length=160,
        required=False,
        help_text="Tulis jabatannya. Contoh: Kepala Bappeda",
    )
    owner = forms.ModelChoiceField(
        label="Perangkat daerah pemilik", queryset=Institution.objects.none(), required=False
    )
    klass = forms.ChoiceField(
        label="Siapa yang boleh melihat",
        choices=[
            (Document.Klass.INTERNAL, "Internal: semua perangkat daerah"),
            (Document.Klass.RESTRICTED, "Terbatas: pemilik dan sekretariat"),
            (Document.Klass.PUBLIC, "Publik: semua orang, tampil di halaman Publikasi"),
        ],
        widget=forms.RadioSelect,
        initial=Document.Klass.INTERNAL,
    )
    prerequisites = DigitsField(label="Prasyarat PUG", words=PREREQUISITES)
    processes = DigitsField(label="Proses pembangunan", words=PROCESSES)

    def __init__(self, *args, owners, owner_required: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = owners
        self.fields["owner"].required = owner_required
        if not owner_required:
            self.fields["owner"].empty_label = "Kota (tidak milik satu perangkat daerah)"

    def facts(self) -> dict:
        skipped = {"idem", "version", "upload"}
        return {name: value for name, value in self.cleaned_data.items() if name not in skipped}


class AddDocumentForm(ChangeDocumentForm):
    upload = UploadField(label="Berkas", kind="evidence")
    field_order = ["title", "kind", "upload"]


class EditDocumentForm(ChangeDocumentForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class ReplaceFileForm(PortalForm):
    upload = UploadField(label="Berkas baru", kind="evidence")
    version = forms.IntegerField(widget=forms.HiddenInput)


class AttachForm(PortalForm):
    """Choose a document of the vault as a proof at a decree.

    `documents` are those that may be chosen, `offered` the few that the list shows.
    """

    document = forms.ModelChoiceField(label="Dokumen", queryset=Document.objects.none())
    caption = forms.CharField(
        label="Keterangan", max_length=160, required=False, help_text="Contoh: halaman 3"
    )

    def __init__(self, *args, documents, offered, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["document"].queryset = documents
        self.fields["document"].choices = [("", "Pilih dokumen"), *((d.pk, str(d)) for d in offered)]
