"""The proposal as the office writes it: six headings, when, where, for whom, what it counts for."""

from datetime import datetime, timedelta

from crispy_forms.layout import HTML, Div, Fieldset, Layout
from django import forms
from django.forms.models import ModelChoiceIterator

from activities.access import may_propose_for
from activities.models import Activity, Audience, Facility, Manner
from institutions.models import PREREQUISITES, PROCESSES, Institution, LegalBasis, Region
from pug_portal.core.clock import WIB, local
from pug_portal.core.forms import IndonesianDateField, IndonesianTimeField, PortalForm, PortalModelForm

PARTNER_KINDS = (
    Institution.Kind.COMMUNITY,
    Institution.Kind.PARTNER,
    Institution.Kind.UNIVERSITY,
    Institution.Kind.BUSINESS,
    Institution.Kind.MEDIA,
    Institution.Kind.VERTICAL,
)
LONGEST = 31  # days
EMPTY_WORDS = {
    "kind": "Pilih jenis",
    "theme": "Pilih tema",
    "pokja_duty": "Tidak ditentukan",
    "focal_duty": "Tidak ditentukan",
}
TALL, LOW = forms.Textarea(attrs={"rows": 5}), forms.Textarea(attrs={"rows": 3})


class _RegionIterator(ModelChoiceIterator):
    """Kelurahan under their kecamatan, the kecamatan itself first."""

    def __iter__(self):
        yield "", "Pilih bila perlu"
        groups: dict[str, list] = {}
        for region in self.queryset.select_related("parent"):
            head = region.parent.name if region.parent_id else region.name
            words = region.name if region.parent_id else f"Seluruh Kecamatan {region.name}"
            groups.setdefault(head, []).append((self.field.prepare_value(region), words))
        yield from groups.items()


class RegionField(forms.ModelChoiceField):
    iterator = _RegionIterator


class DigitsField(forms.TypedMultipleChoiceField):
    """Ticks of a numbered list, kept as digits: "136"."""

    def __init__(self, words: dict[int, str], **kwargs):
        super().__init__(
            choices=[(str(number), text) for number, text in words.items()],
            widget=forms.CheckboxSelectMultiple,
            required=False,
            **kwargs,
        )

    def prepare_value(self, value):
        return list(value) if isinstance(value, str) else value

    def clean(self, value):
        return "".join(sorted(super().clean(value)))


def _ticks(label, choices, **kwargs):
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        **kwargs,
    )


def folded(words: str, *fields: str, counted: bool = True) -> list:
    """Optional fields behind one line that says how much is chosen; open when something needs repair."""
    wrong = " or ".join(f"form.{name}.errors" for name in fields)
    chosen = (
        f"{{% if form.{fields[0]}.value %}} ({{{{ form.{fields[0]}.value|length }}}} dipilih){{% endif %}}"
    )
    head = f'<details class="disclosure"{{% if {wrong} %}} open{{% endif %}}><summary>{words}'
    return [HTML(f"{head}{chosen if counted else ''}</summary>"), *fields, HTML("</details>")]


def side_by_side(*fields: str) -> Div:
    """Short answers next to each other where there is room."""
    return Div(*(Div(name, css_class="col-md-6") for name in fields), css_class="row")


class ProposalForm(PortalModelForm):
    """Everything about an activity before it takes place."""

    first_day = IndonesianDateField(label="Tanggal")
    last_day = IndonesianDateField(
        label="Sampai tanggal", required=False, help_text="Kosongkan bila hanya satu hari."
    )
    start_time = IndonesianTimeField(label="Jam mulai", help_text="Contoh: 08.30 (WIB).")
    end_time = IndonesianTimeField(label="Jam selesai", help_text="Contoh: 12.00 (WIB).")
    region = RegionField(Region.objects.all(), label="Kelurahan atau kecamatan", required=False)
    audience_groups = _ticks("Kelompok sasaran", Audience.choices)
    facilities = _ticks("Yang disediakan", Facility.choices)
    prerequisites = DigitsField(PREREQUISITES, label="Prasyarat PUG")
    processes = DigitsField(PROCESSES, label="Proses pembangunan")

    # As on the page, so that the error summary reads from top to bottom
    field_order = ("title", "kind", "theme", "organiser", "first_day", "last_day", "start_time", "end_time")
    required_words = {
        "title": "Tulis nama kegiatan.",
        "programme": "Tulis program dan kegiatannya.",
        "purpose": "Tulis maksud dan tujuannya.",
        "audience": "Tulis siapa sasarannya.",
        "first_day": "Tulis tanggal pelaksanaan.",
        "start_time": "Tulis jam mulai.",
        "end_time": "Tulis jam selesai.",
    }

    class Meta:
        model = Activity
        fields = (
            "title",
            "kind",
            "theme",
            "organiser",
            "partners",
            "manner",
            "place",
            "region",
            "quota",
            "programme",
            "purpose",
            "audience",
            "results",
            "innovation",
            "legal_bases",
            "legal_text",
            "audience_groups",
            "target_female",
            "target_male",
            "facilities",
            "pokja_duty",
            "focal_duty",
            "prerequisites",
            "processes",
        )
        widgets = {
            "manner": forms.RadioSelect,
            "partners": forms.CheckboxSelectMultiple,
            "legal_bases": forms.CheckboxSelectMultiple,
            "programme": LOW,
            "purpose": TALL,
            "audience": LOW,
            "results": TALL,
            "innovation": LOW,
            "legal_text": LOW,
        }
        help_texts = {
            "title": "Contoh: Sosialisasi PUG bagi kader PKK Kelurahan Tembalang",
            "programme": "Satu baris satu butir. Contoh: Kesetaraan gender dan pemberdayaan perempuan",
            "purpose": "Satu baris satu butir.",
            "audience": "Siapa yang dituju, dengan kata biasa. Contoh: 40 kader PKK dan 20 ketua RT",
            "results": "Hasil yang diharapkan; dapat diganti hasil nyata di laporan.",
            "innovation": "Hal baru dari kegiatan ini. Boleh diisi sesudah pelaksanaan.",
            "legal_text": "Hanya yang tidak ada pada daftar. Satu baris satu peraturan.",
            "place": "Nama gedung dan jalan. Contoh: Balai Kelurahan Tembalang",
            "quota": "Kosongkan bila tidak dibatasi.",
            "pokja_duty": "Tugas Pokja yang dipenuhi kegiatan ini.",
            "focal_duty": "Tugas focal point yang dipenuhi kegiatan ini.",
        }

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self._offer_rows(user)
        self._fill_times()

    def _offer_rows(self, user) -> None:
        organisers = may_propose_for(user)
        if self.instance.organiser_id:
            organisers = organisers | Institution.objects.filter(pk=self.instance.organiser_id)
        self.fields["organiser"].queryset = organisers.only("name").order_by("name")
        self.fields["organiser"].empty_label = "Pilih penyelenggara"
        for name, words in EMPTY_WORDS.items():
            self.fields[name].choices = [("", words), *self.fields[name].choices[1:]]
        own = user.institution_ids("focal_point")
        if len(own) == 1:
            self.fields["organiser"].initial = next(iter(own))
        partners = Institution.objects.valid().filter(kind__in=PARTNER_KINDS)
        self.fields["partners"].queryset = partners.only("name").order_by("name")
        self.fields["legal_bases"].queryset = LegalBasis.objects.checked().by_rank()

    def _fill_times(self) -> None:
        if not self.instance.starts_at:
            return
        first, last = local(self.instance.starts_at), local(self.instance.ends_at)
        several = last.date() != first.date()
        stored = {
            "first_day": first.date(),
            "last_day": last.date() if several else None,
            "start_time": first.time(),
            "end_time": last.time(),
        }
        self.initial = stored | self.initial  # what was typed and not sent comes first

    def get_layout(self):
        return Layout(
            Fieldset("Kegiatan", "title", side_by_side("kind", "theme"), "organiser"),
            Fieldset(
                "Kapan dan di mana",
                side_by_side("first_day", "last_day"),
                side_by_side("start_time", "end_time"),
                "manner",
                "place",
                "region",
                "quota",
            ),
            Fieldset("Isi kegiatan", "programme", "purpose", "audience", "results", "innovation"),
            Fieldset(
                "Dasar hukum",
                *folded("Pilih dari daftar dasar hukum", "legal_bases"),
                "legal_text",
            ),
            Fieldset(
                "Untuk siapa",
                *folded("Kelompok sasaran", "audience_groups"),
                side_by_side("target_female", "target_male"),
                "facilities",
                *folded("Mitra", "partners"),
            ),
            Fieldset(
                "Dihitung untuk",
                "pokja_duty",
                "focal_duty",
                *folded("Prasyarat dan proses PUG", "prerequisites", "processes"),
            ),
            *(["version"] if self.versioned else []),
            "idem",
        )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("manner") != Manner.ONLINE and not cleaned.get("place"):
            self.add_error("place", "Tulis tempatnya, atau pilih daring.")
        if not {"first_day", "last_day", "start_time", "end_time"} & set(self.errors):
            self._check_times(cleaned)
        return cleaned

    def _check_times(self, cleaned) -> None:
        last_day = cleaned["last_day"] or cleaned["first_day"]
        starts = datetime.combine(cleaned["first_day"], cleaned["start_time"], WIB)
        ends = datetime.combine(last_day, cleaned["end_time"], WIB)
        if last_day < cleaned["first_day"]:
            self.add_error("last_day", "Tanggal selesai harus sesudah tanggal mulai.")
        elif ends <= starts:
            self.add_error("end_time", "Jam selesai harus sesudah jam mulai.")
        elif ends - starts > timedelta(days=LONGEST):
            self.add_error("last_day", f"Satu kegiatan paling lama {LONGEST} hari. Pecah bila lebih.")
        cleaned["starts_at"], cleaned["ends_at"] = starts, ends

    def values(self) -> dict:
        """Return field -> value for actions.proposal."""
        left_out = {"first_day", "last_day", "start_time", "end_time", "idem", "version"}
        values = {name: value for name, value in self.cleaned_data.items() if name not in left_out}
        for name in ("partners", "legal_bases"):
            values[name] = list(values[name])
        return values


class ChangeForm(ProposalForm):
    """As above, for a proposal that others may be changing too."""

    versioned = True


class SendBackForm(PortalForm):
    """Why the proposal comes back: a word for the whole, and words at single parts."""

    whole = forms.CharField(label="Catatan umum", required=False, widget=TALL, max_length=1000)
    title = forms.CharField(label="Tentang nama kegiatan", required=False, widget=LOW, max_length=1000)
    starts_at = forms.CharField(label="Tentang waktu dan tempat", required=False, widget=LOW, max_length=1000)
    purpose = forms.CharField(label="Tentang maksud dan tujuan", required=False, widget=LOW, max_length=1000)
    audience = forms.CharField(label="Tentang sasaran", required=False, widget=LOW, max_length=1000)
    legal_text = forms.CharField(label="Tentang dasar hukum", required=False, widget=LOW, max_length=1000)

    def get_layout(self):
        parts = ("title", "starts_at", "purpose", "audience", "legal_text")
        return Layout("whole", *folded("Catatan pada bagian tertentu", *parts, counted=False), "idem")

    def clean(self):
        cleaned = super().clean()
        if not any(self.notes(cleaned).values()):
            raise forms.ValidationError(
                "Tulis sedikitnya satu catatan agar pengusul tahu apa yang diperbaiki."
            )
        return cleaned

    def notes(self, cleaned=None) -> dict[str, str]:
        """Return field -> text; "" stands for the whole proposal."""
        cleaned = self.cleaned_data if cleaned is None else cleaned
        names = ("whole", "title", "starts_at", "purpose", "audience", "legal_text")
        notes = {name: (cleaned.get(name) or "").strip() for name in names}
        return {("" if name == "whole" else name): text for name, text in notes.items() if text}


NOTE_PLACES = {
    "": "Catatan umum",
    "title": "Nama kegiatan",
    "starts_at": "Waktu dan tempat",
    "purpose": "Maksud dan tujuan",
    "audience": "Sasaran",
    "legal_text": "Dasar hukum",
}
