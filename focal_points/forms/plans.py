"""A planned activity of an agency."""

from django import forms

from focal_points.models import Duty, DutyPlan
from focal_points.workflow import EARLIEST_YEAR
from pug_portal.core import clock
from pug_portal.core.forms import PortalModelForm


class PlanForm(PortalModelForm):
    required_words = {
        "year": "Isi tahun rencana dengan empat angka.",
        "duty": "Pilih tugas.",
        "activity": "Isi nama kegiatan.",
        "month": "Pilih bulan rencana.",
    }

    class Meta:
        model = DutyPlan
        fields = ("year", "duty", "activity", "month", "target_women", "target_men")
        widgets = {"duty": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["duty"].choices = [(one.value, f"{one.value}. {one.short}") for one in Duty]
        year = clock.today().year
        self.fields["year"] = forms.TypedChoiceField(
            label="Tahun",
            coerce=int,
            choices=[(one, str(one)) for one in self._years(year)],
            initial=year,
        )
        for name in ("target_women", "target_men"):
            self.fields[name].required = False
            self.fields[name].help_text = "Perkiraan. Boleh 0."

    def _years(self, year: int) -> list[int]:
        """This year and the next; a plan of an earlier year keeps its own."""
        return sorted({year, year + 1, max(self.instance.year or year, EARLIEST_YEAR)})

    def _target(self, name: str) -> int:
        value = self.cleaned_data.get(name) or 0
        if not 0 <= value <= 100_000:
            raise forms.ValidationError("Tulis angka antara 0 dan 100.000.")
        return value

    def clean_target_women(self):
        return self._target("target_women")

    def clean_target_men(self):
        return self._target("target_men")


class ChangePlanForm(PlanForm):
    versioned = True
