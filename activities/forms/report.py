"""What came of it, and how the list of people leaves the portal."""

from crispy_forms.layout import Layout
from django import forms

from activities.forms.proposal import side_by_side
from activities.models import Activity
from pug_portal.core.forms import IndonesianIntegerField, PortalForm, PortalModelForm


class ReportForm(PortalModelForm):
    versioned = True

    counted_female = IndonesianIntegerField(
        label="Perempuan yang dihitung di tempat",
        min_value=0,
        max_value=100_000,
        required=False,
        help_text="Hanya orang yang hadir tetapi tidak ada pada daftar.",
    )
    counted_male = IndonesianIntegerField(
        label="Laki-laki yang dihitung di tempat", min_value=0, max_value=100_000, required=False
    )

    def get_layout(self):
        fields = [name for name in self.Meta.fields if not name.startswith("counted")]
        return Layout(side_by_side("counted_female", "counted_male"), *fields, "version", "idem")

    class Meta:
        model = Activity
        fields = (
            "counted_female",
            "counted_male",
            "results",
            "innovation",
            "obstacles",
            "follow_up",
            "summary",
        )
        widgets = {
            name: forms.Textarea(attrs={"rows": rows})
            for name, rows in (
                ("results", 5),
                ("innovation", 3),
                ("obstacles", 3),
                ("follow_up", 3),
                ("summary", 4),
            )
        }
        help_texts = {
            "results": "Apa yang berubah atau dihasilkan. Satu baris satu butir.",
            "innovation": "Hal baru yang patut dicontoh.",
            "summary": "Dua sampai empat kalimat untuk halaman umum. Tanpa nama peserta.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["results"].required = True
        self.fields["summary"].required = True

    required_words = {
        "results": "Tulis hasil kegiatannya.",
        "summary": "Tulis ringkasan singkat untuk halaman umum.",
    }

    def values(self) -> dict:
        """Return keyword arguments for actions.report.report."""
        values = {name: self.cleaned_data[name] for name in self.Meta.fields}
        for name in ("counted_female", "counted_male"):
            values[name] = values[name] or 0
        return values | {"version": self.cleaned_data["version"]}


class ExportForm(PortalForm):
    form_of_file = forms.ChoiceField(
        label="Bentuk berkas",
        choices=[("xlsx", "Lembar kerja (XLSX)"), ("csv", "CSV")],
        initial="xlsx",
        widget=forms.RadioSelect,
    )
    with_names = forms.BooleanField(
        label="Sertakan nama dan kontak",
        required=False,
        help_text="Tanpa centang, berkas hanya memuat nomor, jenis kelamin, asal, dan kehadiran.",
    )
    reason = forms.CharField(
        label="Untuk keperluan apa?",
        max_length=200,
        required=False,
        help_text="Wajib bila nama disertakan. Contoh: lampiran SPJ kegiatan.",
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("with_names") and not cleaned.get("reason"):
            self.add_error("reason", "Tulis untuk keperluan apa nama-nama itu diunduh.")
        return cleaned
