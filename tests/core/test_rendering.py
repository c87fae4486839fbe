"""What the functions write is what Django's templates would write."""

from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.test.html import parse_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from pug_portal.core.rendering import PortalRenderer

CHOICES = [
    ("", "Pilih…"),
    ("a", 'Satu & "dua" <b>'),
    ("b", gettext_lazy("Yes")),
    (1500, 1500),
    ("Kelompok <1>", [("c", mark_safe("<i>Tiga</i>")), ("d", "Empat")]),
]
WIDGETS = {
    "select": (forms.Select(attrs={"class": "x y", "data-a": '"&'}, choices=CHOICES), "a"),
    "select of a number": (forms.Select(choices=CHOICES), 1500),
    "several": (forms.SelectMultiple(choices=CHOICES), ["a", "d"]),
    "yes, no, unknown": (forms.NullBooleanSelect(), True),
    "text": (forms.TextInput(attrs={"required": True, "hidden": False, "size": 1500}), "<&'\">"),
    "empty text": (forms.TextInput(), None),
    "safe text": (forms.TextInput(), mark_safe("a&amp;b")),
    "number": (forms.NumberInput(), 1234567),
    "decimal": (forms.NumberInput(), Decimal("1.50")),
    "date": (forms.DateInput(), date(2026, 8, 7)),
    "e-mail": (forms.EmailInput(), "a@contoh.test"),
    "password": (forms.PasswordInput(), "rahasia"),
    "hidden": (forms.HiddenInput(), "1"),
    "tick": (forms.CheckboxInput(), True),
    "no tick": (forms.CheckboxInput(), False),
    "story": (forms.Textarea(attrs={"rows": 3}), "\nbaris <satu>\n&"),
    "empty story": (forms.Textarea(), None),
    "radio": (forms.RadioSelect(choices=CHOICES[:3]), "a"),
    "several ticks": (forms.CheckboxSelectMultiple(choices=CHOICES[:3]), ["b"]),
    "hidden several": (forms.MultipleHiddenInput(), ["1", "2"]),
    "split": (forms.SplitDateTimeWidget(), None),
    "file": (forms.FileInput(), None),
}


def written(widget, value, renderer):
    return widget.render("nama", value, attrs={"id": "id_nama"}, renderer=renderer)


@pytest.mark.parametrize("name", WIDGETS)
def test_a_box_is_the_one_of_the_templates(name):
    widget, value = WIDGETS[name]
    ours, stock = (written(widget, value, one) for one in (PortalRenderer(), DjangoTemplates()))
    assert parse_html(ours) == parse_html(stock)


@pytest.mark.parametrize("name", ["text", "story", "tick", "safe text"])
def test_a_single_box_is_the_same_to_the_letter(name):
    widget, value = WIDGETS[name]
    assert written(widget, value, PortalRenderer()) == written(widget, value, DjangoTemplates())


def test_an_option_with_its_own_template_goes_through_the_templates():
    widget = forms.Select(choices=[("a", "A")])
    widget.option_template_name = "django/forms/widgets/input_option.html"
    ours, stock = (written(widget, "a", one) for one in (PortalRenderer(), DjangoTemplates()))
    assert ours == stock
