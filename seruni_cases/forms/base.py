"""What the forms of this room share: choices from the code lists, and the safe contact."""

from typing import ClassVar

from django import forms

from pug_portal.core.answers import MetaAnswer, with_meta
from pug_portal.core.forms import IndonesianTimeField, NameField, PhoneField, PortalForm
from seruni_cases.models import Code, Codebook
from seruni_cases.models.fields import YesNo

ASKED = (MetaAnswer.NOT_ASKED, MetaAnswer.UNKNOWN, MetaAnswer.DECLINED)
STORY = {"rows": 5, "autocomplete": "off"}
SHORT_STORY = {"rows": 3, "autocomplete": "off"}
AVOID_NAMES = "Tulis fakta. Hindari nama, NIK, dan nomor telepon."


class ListedForm(PortalForm):
    """A form whose choices are rows of the code lists.

    `lists`: field -> list; `listed_meta`: field -> meta answers that make sense there.
    """

    lists: ClassVar[dict[str, str]] = {}
    listed_meta: ClassVar[dict[str, tuple]] = {}

    def __init__(self, *args, book: Codebook | None = None, **kwargs):
        self.book = book or Codebook()
        super().__init__(*args, **kwargs)
        for name, code_list in self.lists.items():
            field = self.fields[name]
            choices = with_meta(self.book.choices(code_list), self.listed_meta.get(name, ()))
            plain = type(field.widget) is forms.Select
            field.choices = [("", "Pilih…"), *choices] if plain else choices


def yes_no(label: str, *, required: bool = False, meta=ASKED, **kwargs) -> forms.ChoiceField:
    """Return a question with ja/no and the meta answers, as radio buttons."""
    return forms.ChoiceField(
        label=label,
        required=required,
        choices=with_meta(YesNo.choices, meta),
        widget=forms.RadioSelect,
        **kwargs,
    )


def select(label: str, *, required: bool = False, **kwargs) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=required, choices=[], **kwargs)


def ticks(label: str, *, required: bool = False, **kwargs) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        required=required,
        choices=[],
        widget=forms.CheckboxSelectMultiple,
        **kwargs,
    )


def story(label: str, *, required: bool = False, rows=5, **kwargs) -> forms.CharField:
    kwargs.setdefault("help_text", AVOID_NAMES)
    attrs = {**STORY, "rows": rows}
    return forms.CharField(
        label=label,
        required=required,
        max_length=kwargs.pop("max_length", 5000),
        widget=forms.Textarea(attrs=attrs),
        **kwargs,
    )


CONTACT_LISTS = {"contact_way": Code.List.CONTACT}


class SafeContactFields(forms.Form):
    """Whether and how somebody may be contacted; mixed into the forms that ask it."""

    contact_allowed = yes_no("Boleh kami hubungi?", meta=(MetaAnswer.NOT_ASKED,))
    contact_way = select("Dengan cara apa?")
    contact_phone = PhoneField(label="Nomor yang aman", required=False)
    contact_starts = IndonesianTimeField(label="Jam aman mulai", required=False)
    contact_ends = IndonesianTimeField(label="Jam aman sampai", required=False)
    contact_speak_as = NameField(
        label="Kami menyebut diri sebagai", required=False, help_text="Misalnya Puskesmas."
    )

    def clean(self):
        cleaned = super().clean()
        starts, ends = cleaned.get("contact_starts"), cleaned.get("contact_ends")
        if (starts is None) != (ends is None):
            self.add_error("contact_ends", "Isi jam mulai dan jam selesai, atau kosongkan keduanya.")
        return cleaned

    def contact(self) -> dict | None:
        """Return fields of SafeContact, None when nobody asked."""
        found = {
            name.removeprefix("contact_"): value or None
            for name, value in self.cleaned_data.items()
            if name.startswith("contact_")
        }
        return found if found["allowed"] else None
