"""The register of institutions as a sheet: which columns come in and go out."""

from typing import Any

from django.db import transaction

from institutions.access import ensure
from institutions.models import Institution, Post, Region, head_title
from pug_portal.core import audit
from pug_portal.core.resources import LookupWidget, PortalResource, SafeCSV, SafeXLSX

FORMATS = {"xlsx": SafeXLSX, "csv": SafeCSV}


class InstitutionResource(PortalResource):
    """One row per institution, known by its official name.

    The driver role of PUG is not a column: it decides who chairs the Pokja and is set by hand.
    """

    class Meta(PortalResource.Meta):
        model = Institution
        import_id_fields = ("name",)
        fields = (
            "name",
            "abbreviation",
            "other_names",
            "kind",
            "parent",
            "region",
            "address",
            "phone",
            "website",
            "valid_from",
            "valid_until",
            "is_verified",
            "source",
        )
        widgets = {
            "parent": LookupWidget(Institution, fields=("name", "abbreviation")),
            "region": LookupWidget(Region.objects.filter(parent=None), fields=("name", "code")),
        }

    def after_save_instance(self, instance: Institution, row: Any, **kwargs: Any) -> None:
        """A new institution gets the post of its head, as `add_institution` gives it one."""
        super().after_save_instance(instance, row, **kwargs)
        if not instance.posts.filter(is_head=True).exists():
            Post.objects.create(institution=instance, title=head_title(instance), is_head=True)


@transaction.atomic
def export_registry(rows, *, form: str, by) -> bytes:
    """Return the rows as "xlsx" or "csv"; recorded."""
    ensure(by, "export_institution")
    data = InstitutionResource(user=by).export(rows.select_related("parent", "region"))
    audit.record("export.made", by=by, model="institutions.Institution", rows=len(data), form=form)
    return FORMATS[form]().export_data(data)
