"""Form fields for files: the sender learns what is wrong while the form is still open."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from .judging import KINDS, MEGABYTE, UploadRefused, judge

_WORDS: Final = {
    "empty": "Berkas ini kosong. Pilih berkas lain.",
    "missing": "Pilih berkasnya sekali lagi.",
    "invalid": "Pilih berkasnya sekali lagi.",
    "max_length": "Pendekkan nama berkasnya, lalu pilih lagi.",
}


class UploadField(forms.FileField):
    """One file of a kind (a key of KINDS). Cleans to the upload, ready for receive()."""

    widget = forms.FileInput
    portal_words: ClassVar[dict[str, str]] = _WORDS

    def __init__(self, *, kind: str = "document", **kwargs: Any) -> None:
        self.kind = KINDS[kind]
        kwargs.setdefault("max_length", 255)
        kwargs.setdefault(
            "help_text",
            f"{self.kind.spoken[:1].upper()}{self.kind.spoken[1:]}, paling besar "
            f"{self.kind.max_bytes // MEGABYTE} MB.",
        )
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        return {"accept": self.kind.accept}

    def to_python(self, data: Any) -> Any:
        upload = super().to_python(data)
        if upload is None:
            return None
        try:
            judge(upload.read(self.kind.max_bytes + 1), upload.name or "", self.kind)
        except UploadRefused as refusal:
            raise ValidationError(str(refusal), code="refused") from refusal
        upload.seek(0)
        return upload


class _SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class MultiUploadField(UploadField):
    """Up to `most` files at once. Cleans to a list."""

    widget = _SeveralFiles

    def __init__(self, *, most: int = 3, **kwargs: Any) -> None:
        self.most = most
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        uploads = [upload for upload in data or [] if upload]
        if not uploads:
            super().clean(None, initial)
            return []
        if len(uploads) > self.most:
            raise ValidationError(f"Pilih paling banyak {self.most} berkas.", code="too_many")
        return [self._named(upload) for upload in uploads]

    def _named(self, upload: UploadedFile) -> UploadedFile:
        try:
            return super().clean(upload)
        except ValidationError as problem:
            raise ValidationError(f"{upload.name}: {problem.messages[0]}", code="refused") from problem
