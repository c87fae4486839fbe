"""People on the list: one by one, or as pasted lines."""

from dataclasses import dataclass, field

from django import forms
from django.core.validators import validate_email

from activities.forms.proposal import RegionField
from activities.models import Audience, Participant, Sex, Speaker
from institutions.models import Region
from pug_portal.core.forms import NameField, PortalForm, PortalModelForm
from pug_portal.core.wording import format_phone, name_key, parse_phone

MOST_LINES = 500
SEXES = {
    **dict.fromkeys(("p", "pr", "prp", "perempuan", "wanita", "w", "f"), Sex.FEMALE),
    **dict.fromkeys(("l", "lk", "laki-laki", "laki laki", "laki", "pria", "m"), Sex.MALE),
}


def read_contact(text: str) -> str:
    """Return a telephone number (E.164) or e-mail address as stored, "" for nothing.

    Raises forms.ValidationError or ValueError whose text is a sentence for the person.
    """
    text = text.strip()
    if not text:
        return ""
    if "@" in text:
        try:
            validate_email(text)
        except forms.ValidationError as problem:
            raise ValueError("Tulis alamat surel lengkap, misalnya nama@contoh.id.") from problem
        return text
    return parse_phone(text)


def show_contact(text: str | None) -> str:
    return format_phone(text) if text and text.startswith("+") else text or ""


class ParticipantForm(PortalForm):
    name = NameField(label="Nama lengkap", widget=forms.TextInput(attrs={"autofocus": True}))
    sex = forms.ChoiceField(label="Jenis kelamin", choices=Sex.choices, widget=forms.RadioSelect)
    origin = forms.CharField(
        label="Instansi atau lembaga",
        max_length=160,
        required=False,
        help_text="Contoh: TP PKK Kelurahan Tembalang",
    )
    position = forms.CharField(label="Jabatan", max_length=80, required=False)
    group = forms.ChoiceField(
        label="Unsur", choices=[("", "Pilih bila perlu"), *Audience.choices], required=False
    )
    region = RegionField(
        Region.objects.filter(parent__isnull=False), label="Kelurahan tempat tinggal", required=False
    )
    contact = forms.CharField(
        label="Telepon atau surel",
        max_length=120,
        required=False,
        help_text="Hanya bila perlu, dan hanya bila orangnya setuju.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    may_contact = forms.BooleanField(label="Bersedia dihubungi tentang kegiatan ini", required=False)
    beyond_quota = forms.BooleanField(label="Kuota penuh, tetap daftarkan", required=False)

    required_words = {"name": "Tulis nama peserta.", "sex": "Pilih perempuan atau laki-laki."}

    def __init__(self, *args, full: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        if not full:
            del self.fields["beyond_quota"]

    def clean_contact(self):
        try:
            return read_contact(self.cleaned_data["contact"])
        except ValueError as problem:
            raise forms.ValidationError(str(problem)) from problem

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("contact") and not cleaned.get("may_contact"):
            self.add_error("may_contact", "Centang bila orangnya setuju dihubungi, atau kosongkan kontaknya.")
        return cleaned

    def person(self) -> dict:
        """Return field -> value for actions.participants."""
        left_out = {"idem", "beyond_quota"}
        return {name: value for name, value in self.cleaned_data.items() if name not in left_out}

    @staticmethod
    def initial_of(person: Participant) -> dict:
        names = ("name", "sex", "origin", "position", "group", "may_contact")
        values = {name: getattr(person, name) for name in names}
        return values | {"region": person.region_id, "contact": show_contact(person.contact)}


@dataclass
class Line:
    """One pasted line: what was understood, or what is wrong with it."""

    number: int
    text: str
    person: dict = field(default_factory=dict)
    problem: str = ""


def read_line(number: int, text: str) -> Line:
    """Understand "nama; L/P; asal; kontak" (or the same parted by tabs, as copied from a sheet)."""
    line = Line(number, text)
    parts = [" ".join(part.split()) for part in text.split("\t" if "\t" in text else ";")]
    name, sex, origin, contact = [*parts, "", "", "", ""][:4]
    try:
        _judge(name, sex, origin, len(parts))
        line.person = {
            "name": name,
            "sex": SEXES[sex.lower()],
            "origin": origin,
            "contact": read_contact(contact),
        }
        line.person["may_contact"] = bool(line.person["contact"])
    except ValueError as problem:
        line.problem = str(problem)
    return line


def _judge(name: str, sex: str, origin: str, parts: int) -> None:
    if parts < 2:
        raise ValueError("Pisahkan dengan titik koma: nama; L atau P; asal.")
    if parts > 4:
        raise ValueError("Terlalu banyak kolom. Tulis nama; L atau P; asal; kontak.")
    if not name:
        raise ValueError("Namanya kosong.")
    if len(name) > 120 or len(origin) > 160:
        raise ValueError("Terlalu panjang: nama paling banyak 120 huruf, asal 160 huruf.")
    if sex.lower() not in SEXES:
        raise ValueError(f"“{sex or 'kosong'}” bukan jenis kelamin. Tulis L atau P.")


class PasteForm(PortalForm):
    lines = forms.CharField(
        label="Daftar peserta",
        max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "autocomplete": "off"}),
        help_text=(
            "Satu baris satu orang: nama; L atau P; asal; telepon bila perlu. "
            "Contoh: Sari Peraga; P; TP PKK Tembalang. Boleh juga ditempel langsung dari lembar kerja."
        ),
    )
    beyond_quota = forms.BooleanField(label="Bila kuota penuh, tetap daftarkan", required=False)
    required_words = {"lines": "Tempel atau tulis sedikitnya satu baris."}

    def __init__(self, *args, known=(), **kwargs):
        """`known`: (number, name, origin) of people already on the list."""
        super().__init__(*args, **kwargs)
        self.known = {_likeness(name, origin): f"nomor {number}" for number, name, origin in known}
        self.read: list[Line] = []

    def clean_lines(self):
        texts = enumerate(self.cleaned_data["lines"].splitlines(), start=1)
        self.read = [read_line(number, text) for number, text in texts if text.strip(" ;\t")]
        if self.read and self.read[0].person == {} and self.read[0].text.lower().startswith("nama"):
            del self.read[0]  # the head row of a sheet
        self._find_doubles()
        if not self.read:
            raise forms.ValidationError("Tempel atau tulis sedikitnya satu baris.")
        if len(self.read) > MOST_LINES:
            raise forms.ValidationError(f"Tempel paling banyak {MOST_LINES} baris sekaligus.")
        if self.problems:
            raise forms.ValidationError(
                f"{len(self.problems)} dari {len(self.read)} baris perlu diperbaiki. Belum ada yang disimpan."
            )
        return self.cleaned_data["lines"]

    def _find_doubles(self) -> None:
        seen = dict(self.known)
        for line in self.read:
            if line.problem:
                continue
            likeness = _likeness(line.person["name"], line.person["origin"])
            if likeness in seen:
                line.problem = f"Sama dengan {seen[likeness]}. Hapus, atau bedakan asalnya."
            seen[likeness] = f"baris {line.number}"

    @property
    def problems(self) -> list[Line]:
        return [line for line in self.read if line.problem]

    def people(self) -> list[dict]:
        return [line.person for line in self.read]


def _likeness(name: str, origin: str) -> tuple[str, str]:
    return name_key(name), " ".join(origin.lower().split())


class SpeakerForm(PortalModelForm):
    class Meta:
        model = Speaker
        fields = ("name", "sex", "origin", "topic", "is_shown")
        widgets = {"sex": forms.RadioSelect}
