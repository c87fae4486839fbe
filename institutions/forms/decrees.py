"""A decree and the lines of its annex."""

from django import forms

from institutions.models import Decree, LegalBasis, Membership, Post
from pug_portal.core.forms import PortalForm, PortalModelForm


class DecreeForm(PortalModelForm):
    legal_bases = forms.ModelMultipleChoiceField(
        label="Mengingat",
        queryset=LegalBasis.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Hanya dasar hukum yang sudah diperiksa naskahnya.",
    )

    class Meta:
        model = Decree
        fields = [
            "subject",
            "kind",
            "about",
            "number",
            "dated",
            "valid_from",
            "valid_until",
            "replaces",
            "institution",
            "legal_bases",
            "note",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["replaces"].queryset = (
            Decree.objects.published().exclude(kind=Decree.Kind.WITHDRAW).exclude(pk=self.instance.pk)
        )
        self.fields["legal_bases"].queryset = LegalBasis.objects.checked().by_rank()
        self.fields["institution"].queryset = self.fields["institution"].queryset.valid().agencies()
        self.fields["institution"].empty_label = "Wali Kota Semarang"


class ChangeDecreeForm(DecreeForm):
    versioned = True


class MemberForm(PortalModelForm):
    class Meta:
        model = Membership
        fields = ["position", "post", "title", "person_name", "sex", "order"]

    def __init__(self, *args, decree: Decree, **kwargs):
        super().__init__(*args, **kwargs)
        taken = decree.memberships.exclude(pk=self.instance.pk).values("post").exclude(post=None)
        heads = Post.objects.filter(institution__valid_until=None).exclude(pk__in=taken)
        self.fields["post"].queryset = heads.order_by("title")
        self.fields["post"].empty_label = "Tidak dari daftar"
        self.fields["title"].help_text = "Isi bila jabatannya tidak ada dalam daftar di atas."
        self.fields["order"].required = False
        self.fields["order"].help_text = "Kosongkan untuk menaruh di akhir."
        if self.instance._state.adding:
            del self.fields["order"]

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("post") and not cleaned.get("title"):
            self.add_error("post", "Pilih jabatan, atau tulis jabatan dalam dinas di bawahnya.")
        return cleaned


class PublishForm(PortalForm):
    """Confirmation; number and date must be there already."""

    version = forms.IntegerField(widget=forms.HiddenInput)
