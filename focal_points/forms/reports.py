"""The duty report as a focal point types it, on a phone."""

from collections.abc import Mapping

from crispy_forms.layout import Div, Field, Layout
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
        "duty": "Pilih tugas yang Anda kerjakan.",
        "title": "Isi nama kegiatan.",
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
        if "plan" in self.fields and self.data.get(self.add_prefix("plan")):
            duty.required = title.required = False  # the plan answers for both; see clean()
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
        plan.help_text = "Bila memilih rencana, tugas dan kegiatan boleh dikosongkan."
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
        return cleaned

    # Fields that carry a reviewer's note; a new report has none.
    notes: Mapping[str, str] = {}

    def get_layout(self):
        """All fields in their order, the two numbers beside each other."""
        pair = Div(self._place("women", "col-6"), self._place("men", "col-6"), css_class="row")
        alone = [self._place(name) for name in self.fields if name not in ("women", "men")]
        alone.insert(next(i for i, one in enumerate(alone) if one.fields == ["result"]), pair)
        return Layout(*alone)

    def _place(self, name: str, css: str = "") -> Field:
        noted = "priority priority--wait" if name in self.notes else ""
        return Field(name, wrapper_class=f"{css} {noted}".strip())

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
