"""The duty report as a focal point types it, on a phone."""

from crispy_forms.layout import Field, Layout
from django import forms

from focal_points.models import Duty, DutyPlan, DutyReport
from focal_points.workflow import EARLIEST_YEAR
from pug_portal.core import clock
from pug_portal.core.forms import PortalModelForm
from pug_portal.core.uploads import MultiUploadField

MOST_PARTICIPANTS = 100_000


class ReportForm(PortalModelForm):
    """One screen, in the order of a talk. A chosen plan fills in duty and activity."""

    required_words = {
        "held_on": "Isi tanggal kegiatan. Contoh: 17 Agustus 2026.",
        "place": "Isi tempat kegiatan.",
        "women": "Isi jumlah peserta perempuan. Tulis 0 bila tidak ada.",
        "men": "Isi jumlah peserta laki-laki. Tulis 0 bila tidak ada.",
        "result": "Tulis hasilnya dengan satu sampai tiga kalimat.",
    }

    evidence = MultiUploadField(
        kind="evidence",
        most=3,
        required=False,
        label="Foto atau dokumen",
        help_text="Paling banyak tiga: foto, PDF, atau Word. Foto besar dikecilkan otomatis.",
    )

    class Meta:
        model = DutyReport
        fields = ("plan", "duty", "title", "held_on", "place", "women", "men", "result")
        widgets = {
            "duty": forms.RadioSelect,
            "result": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args, agency, **kwargs):
        super().__init__(*args, **kwargs)
        self._narrow_plans(agency)
        duty, title = self.fields["duty"], self.fields["title"]
        duty.choices = [(one.value, f"{one.value}. {one.short}") for one in Duty]
        duty.required = title.required = False  # a plan may answer for both; see clean()
        for name in ("women", "men"):
            self.fields[name].max_value = MOST_PARTICIPANTS
            self.fields[name].widget.attrs["maxlength"] = "7"
        self.fields["evidence"].widget.attrs["data-shrink"] = ""

    def _narrow_plans(self, agency) -> None:
        plan = self.fields["plan"]
        year = clock.today().year
        plan.queryset = DutyPlan.objects.filter(agency=agency, year__in=(year - 1, year)).order_by(
            "-year", "month", "id"
        )
        plan.empty_label = "Tidak dari rencana"
        plan.help_text = "Memilih rencana mengisi tugas dan kegiatan yang dikosongkan."
        if not plan.queryset.exists():
            del self.fields["plan"]

    def clean_held_on(self):
        day = self.cleaned_data["held_on"]
        if day > clock.today():
            raise forms.ValidationError("Tanggal kegiatan belum lewat. Laporkan sesudah kegiatannya.")
        if day.year < EARLIEST_YEAR:
            raise forms.ValidationError(f"Tulis tanggal sejak tahun {EARLIEST_YEAR}.")
        return day

    def _count(self, name: str) -> int:
        value = self.cleaned_data[name]
        if not 0 <= value <= MOST_PARTICIPANTS:
            raise forms.ValidationError("Tulis angka antara 0 dan 100.000.")
        return value

    def clean_women(self):
        return self._count("women")

    def clean_men(self):
        return self._count("men")

    def clean(self):
        cleaned = super().clean()
        plan = cleaned.get("plan")
        if plan is not None:
            cleaned["duty"] = cleaned.get("duty") or plan.duty
            cleaned["title"] = cleaned.get("title") or plan.activity
        if not cleaned.get("duty"):
            self.add_error("duty", "Pilih tugas yang Anda kerjakan.")
        if not cleaned.get("title"):
            self.add_error("title", "Isi nama kegiatan.")
        return cleaned

    def facts(self) -> dict:
        """Return the report's own fields for an action."""
        return {name: value for name, value in self.changes().items() if name != "evidence"}


class ChangeReportForm(ReportForm):
    """The same for a report that is there already: a colleague's change is not overwritten."""

    versioned = True

    def __init__(self, *args, notes: dict[str, str] | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.notes = notes or {}
        for name, text in self.notes.items():
            if name in self.fields:
                self.fields[name].help_text = f"Catatan sekretariat: {text}"

    def get_layout(self):
        """Mark the fields that carry a note; the others stand as they are."""
        return Layout(
            *(
                Field(name, wrapper_class="priority priority--wait" if name in self.notes else "")
                for name in self.fields
            )
        )
