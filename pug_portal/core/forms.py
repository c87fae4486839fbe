"""The two form classes of the portal, and every field in one place to import from.

Each form carries a hidden `idem`, so sending it twice does the work once, and
on shared records a hidden `version`, so nobody overwrites what another changed.
"""

from __future__ import annotations

import uuid
from typing import Any, ClassVar, Final

from crispy_forms.helper import FormHelper
from django import forms
from django.db import models
from django.forms.models import ModelFormMetaclass

from pug_portal.core.answers import MetaAnswer, is_answered, with_meta
from pug_portal.core.fields import (
    ChoiceWithMeta,
    IndonesianDateField,
    IndonesianDateTimeField,
    IndonesianDecimalField,
    IndonesianIntegerField,
    IndonesianTimeField,
    MoneyField,
    NameField,
    NIKField,
    PercentField,
    PhoneField,
)

__all__ = [
    "ChoiceWithMeta",
    "IndonesianDateField",
    "IndonesianDateTimeField",
    "IndonesianDecimalField",
    "IndonesianIntegerField",
    "IndonesianTimeField",
    "MetaAnswer",
    "MoneyField",
    "NIKField",
    "NameField",
    "PercentField",
    "PhoneField",
    "PortalForm",
    "PortalModelForm",
    "is_answered",
    "with_meta",
]

# What Django says by default is correct and does not say what to do.
_WORDS: Final = {
    "max_length": "Tulis paling banyak %(limit_value)d huruf. Sekarang %(show_value)d.",
    "min_length": "Tulis paling sedikit %(limit_value)d huruf. Sekarang %(show_value)d.",
    "max_value": "Tulis angka paling besar %(limit_value)s.",
    "min_value": "Tulis angka paling kecil %(limit_value)s.",
    "invalid_choice": "Pilih salah satu dari daftar.",
    "invalid_list": "Pilih dari daftar.",
    "max_digits": "Tulis paling banyak %(max)s angka.",
    "max_decimal_places": "Tulis paling banyak %(max)s angka di belakang koma.",
    "max_whole_digits": "Tulis paling banyak %(max)s angka di depan koma.",
    "null_characters_not_allowed": "Hapus huruf yang tidak terbaca dari isian ini.",
}
_INVALID: Final = (
    (forms.EmailField, "Tulis alamat surel lengkap, misalnya nama@contoh.id."),
    (forms.URLField, "Tulis alamat lengkap, misalnya https://contoh.id."),
    (forms.SlugField, "Tulis huruf kecil, angka, dan tanda hubung saja."),
)
_PICKED: Final = (forms.ChoiceField, forms.ModelChoiceField, forms.FileField)


class _IdemField(forms.UUIDField):
    """The key of one sending. A missing or damaged key makes a new one: nobody is turned away."""

    def __init__(self) -> None:
        # Without autocomplete=off, Firefox puts the key of the last visit back into a new page.
        hidden = forms.HiddenInput(attrs={"autocomplete": "off"})
        super().__init__(widget=hidden, initial=uuid.uuid4, required=False)

    def clean(self, value: Any) -> uuid.UUID:
        try:
            return super().clean(value) or uuid.uuid4()
        except forms.ValidationError:
            return uuid.uuid4()

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class _PortalFormMixin:
    """What both form classes share.

    `required_words`: field name -> sentence shown when it is empty; without one the
    sentence is made from the label ("Isi nama lengkap."). `versioned = True` adds the
    hidden version of a shared record.
    """

    required_words: ClassVar[dict[str, str]] = {}
    versioned: ClassVar[bool] = False
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            _speak_plainly(field, name, self.required_words.get(name))
        self.fields["idem"] = _IdemField()
        if self.versioned:
            self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput, initial=self._version())

    def _version(self) -> int | None:
        return getattr(getattr(self, "instance", None), "version", None)

    @property
    def helper(self) -> FormHelper:
        """crispy's helper; a subclass with a Layout sets `layout` on it."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.render_hidden_fields = True
        helper.layout = self.get_layout()
        return helper

    def get_layout(self) -> Any:
        """None renders the fields in their order; override with a crispy Layout."""
        return None


def _speak_plainly(field: forms.Field, name: str, required: str | None) -> None:
    label = str(field.label or name.replace("_", " "))
    words = {} if isinstance(field, forms.FileField) else dict(_WORDS)
    words["required"] = _required_words(field, label)
    invalid = next((text for kind, text in _INVALID if isinstance(field, kind)), None)
    if invalid:
        words["invalid"] = invalid
    # A field class of ours may bring its own words; the form's word for this field wins over all.
    words.update(getattr(field, "portal_words", {}))
    if required:
        words["required"] = required
    field.error_messages = {**field.error_messages, **words}


def _required_words(field: forms.Field, label: str) -> str:
    spoken = label if label[:2].isupper() else f"{label[:1].lower()}{label[1:]}"
    spoken = spoken.rstrip(" ?.:")
    if isinstance(field, forms.BooleanField):
        return f"Centang “{label}” untuk melanjutkan."
    if label.rstrip().endswith("?"):
        return f"Jawab “{label}”"
    return f"{'Pilih' if isinstance(field, _PICKED) else 'Isi'} {spoken}."


class PortalForm(_PortalFormMixin, forms.Form):
    """A form of the portal. `cleaned_data["idem"]` goes to `core.idempotency.once`."""


_FIELD_FOR: Final = (
    (models.DateTimeField, IndonesianDateTimeField),
    (models.DateField, IndonesianDateField),
    (models.TimeField, IndonesianTimeField),
    (models.DecimalField, IndonesianDecimalField),
    (models.IntegerField, IndonesianIntegerField),
)


def portal_formfield(db_field: models.Field, **kwargs: Any) -> forms.Field | None:
    """The form field of a model field, with our own fields for dates, times and numbers."""
    if not (db_field.choices or db_field.is_relation):
        ours = next((field for kind, field in _FIELD_FOR if isinstance(db_field, kind)), None)
        if ours:
            kwargs.setdefault("form_class", ours)
    return db_field.formfield(**kwargs)


class _PortalModelFormMetaclass(ModelFormMetaclass):
    def __new__(mcs, name: str, bases: tuple[type, ...], attrs: dict[str, Any]) -> type:
        meta = attrs.get("Meta")
        if meta is not None and getattr(meta, "formfield_callback", None) is None:
            meta.formfield_callback = staticmethod(portal_formfield)
        return super().__new__(mcs, name, bases, attrs)


class PortalModelForm(_PortalFormMixin, forms.ModelForm, metaclass=_PortalModelFormMetaclass):
    """A model's form that only reads and checks: an action writes, so save() refuses."""

    def save(self, commit: bool = True) -> Any:
        raise TypeError("a form of the portal does not save: pass cleaned_data to an action")

    def changes(self) -> dict[str, Any]:
        """The model's own fields as cleaned, for an action's keyword arguments."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("idem", "version")}
