"""A report goes back: which field, and a reason in kind words."""

from django import forms

from pug_portal.core.forms import PortalForm

FIELDS = {
    "": "Seluruh laporan",
    "duty": "Tugas",
    "title": "Kegiatan",
    "held_on": "Tanggal",
    "place": "Tempat",
    "women": "Peserta perempuan",
    "men": "Peserta laki-laki",
    "result": "Hasil",
    "evidence": "Foto atau dokumen",
}

# code -> (field, sentence); offered as ready reasons, editable before sending
REASONS = {
    "evidence": (
        "evidence",
        "Terima kasih laporannya. Tolong tambahkan satu foto atau daftar hadir sebagai bukti.",
    ),
    "participants": (
        "women",
        "Tolong cocokkan lagi jumlah peserta perempuan dan laki-laki dengan daftar hadir.",
    ),
    "result": (
        "result",
        "Kegiatannya bagus. Tolong tambahkan satu kalimat tentang hasil dan tindak lanjutnya.",
    ),
    "duty": ("duty", "Kegiatan ini tampaknya lebih cocok untuk tugas yang lain. Tolong dicek lagi."),
    "held_on": ("held_on", "Tolong periksa lagi tanggal kegiatannya."),
    "twin": ("", "Laporan ini sama dengan laporan lain. Bila memang dua kegiatan, jelaskan bedanya."),
}


class SendBackForm(PortalForm):
    """Ready reasons by tick, and up to two reasons in own words."""

    reasons = forms.MultipleChoiceField(
        label="Alasan siap pakai",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(code, f"{FIELDS[field]}: {text}") for code, (field, text) in REASONS.items()],
    )
    field = forms.ChoiceField(
        label="Bagian yang perlu diperbaiki", required=False, choices=list(FIELDS.items())
    )
    text = forms.CharField(
        label="Alasan dengan kata sendiri",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Sebut apa yang sudah baik, lalu apa yang perlu diperbaiki.",
    )

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("reasons") and not (cleaned.get("text") or "").strip():
            self.add_error("text", "Pilih satu alasan atau tulis dengan kata sendiri.")
        return cleaned

    def notes(self) -> dict[str, str]:
        """Return {field: text} for the action; two reasons at one field become one note."""
        found: dict[str, list[str]] = {}
        for code in self.cleaned_data["reasons"]:
            field, text = REASONS[code]
            found.setdefault(field, []).append(text)
        own = self.cleaned_data["text"].strip()
        if own:
            found.setdefault(self.cleaned_data["field"], []).append(own)
        return {field: "\n".join(texts)[:1000] for field, texts in found.items()}
