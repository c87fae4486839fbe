"""The desk at the door: a ticket code or a name in one box."""

from django import forms

from pug_portal.core.forms import PortalForm


class CheckInForm(PortalForm):
    typed = forms.CharField(
        label="Kode tiket atau nama",
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autofocus": True}),
        help_text="Enam angka pada tiket, atau sebagian nama.",
        error_messages={"required": "Ketik enam angka tiket atau nama."},
    )
    required_words = {"typed": "Ketik enam angka tiket atau nama."}

    @property
    def code(self) -> str:
        """Return six digits when a code was typed (spaces and dashes do not matter), "" for a name."""
        digits = "".join(c for c in self.cleaned_data["typed"] if c not in " .-")
        return digits if digits.isascii() and digits.isdigit() else ""
