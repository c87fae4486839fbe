"""Withdraw with a reason; publish without a question but the confirmation."""

from django import forms

from pug_portal.core.forms import PortalForm


class WithdrawForm(PortalForm):
    reason = forms.CharField(
        label="Alasan",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Contoh: Ditunda karena banjir. Alasan tidak tampil di halaman umum.",
    )


class ConfirmForm(PortalForm):
    """Nothing to fill in: the key of one sending only."""
