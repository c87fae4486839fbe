"""Counting without persons: plain rows out, no code and no sealed field."""

from django.db.models import Count, QuerySet
from django.db.models.functions import ExtractYear

from seruni_cases.models import CaseViolence


def of_year(cases: QuerySet, year: int) -> QuerySet:
    """Return the cases registered in one year of WIB."""
    return cases.filter(registered_at__year=year)


def by_status(cases: QuerySet) -> list[tuple[str, int]]:
    """Return (status, cases)."""
    return _counted(cases, "status")


def by_kecamatan(cases: QuerySet) -> list[tuple[str, int]]:
    """Return (name of the sub-district or None, cases)."""
    return _counted(cases, "kecamatan__name")


def by_year(cases: QuerySet) -> list[tuple[int, int]]:
    """Return (year of registration in WIB, cases)."""
    return _counted(cases.annotate(year=ExtractYear("registered_at")), "year")


def by_violence(cases: QuerySet) -> list[tuple[str, int]]:
    """Return (code of the form, cases); the sum may exceed the cases."""
    rows = CaseViolence.objects.filter(list="bentuk", case__in=cases.order_by().values("pk"))
    return list(rows.order_by("code").values_list("code").annotate(n=Count("case_id")))


def _counted(rows: QuerySet, name: str) -> list:
    return list(rows.order_by(name).values_list(name).annotate(n=Count("id")))
