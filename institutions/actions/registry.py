"""Keeping the register of institutions."""

from datetime import date, timedelta

from django.db import transaction

from institutions.access import ensure
from institutions.models import FormerName, Institution, Post, head_title
from pug_portal.core import audit
from pug_portal.core.access import Refused


@transaction.atomic
def add_institution(*, by, **fields) -> Institution:
    """Register an institution and the post of its head; `fields` are model fields by name."""
    ensure(by, "add_institution")
    institution = Institution(**fields)
    institution.full_clean()
    institution.save(force_insert=True)
    Post.objects.create(institution=institution, title=head_title(institution), is_head=True)
    audit.record("institution.created", institution, by=by, sort=institution.kind)
    return institution


@transaction.atomic
def change_institution(institution: Institution, *, changes: dict, by) -> Institution:
    """Correct facts of an institution. A new official name is `rename_institution`."""
    ensure(by, "change_institution")
    changed = [name for name, value in changes.items() if getattr(institution, name) != value]
    for name in changed:
        setattr(institution, name, changes[name])
    institution.full_clean()
    institution.save()
    audit.record("institution.changed", institution, by=by, fields=sorted(changed))
    return institution


@transaction.atomic
def rename_institution(
    institution: Institution, *, name: str, abbreviation: str, since: date, basis: str = "", by
) -> Institution:
    """Give a new name from the day `since`; the old one stays as a period row.

    The title of its head follows when it was the customary one.
    """
    ensure(by, "change_institution")
    if name == institution.name:
        raise Refused("Nama baru sama dengan nama sekarang.")
    last = institution.former_names.first()
    if last and since <= last.ends:
        raise Refused("Tanggal ini mendahului perubahan nama yang terakhir.")
    FormerName.objects.create(
        institution=institution,
        name=institution.name,
        abbreviation=institution.abbreviation,
        starts=last.ends + timedelta(days=1) if last else institution.valid_from,
        ends=since - timedelta(days=1),
        basis=basis,
    )
    old_title = head_title(institution)
    institution.name, institution.abbreviation = name, abbreviation
    institution.full_clean()
    institution.save()
    institution.posts.filter(title=old_title).update(title=head_title(institution))
    audit.record("institution.changed", institution, by=by, fields=["abbreviation", "name"])
    return institution


@transaction.atomic
def close_institution(institution: Institution, *, on: date, by) -> Institution:
    """End an institution on the day `on`: it leaves the lists and keeps its history."""
    ensure(by, "change_institution")
    if institution.pug_role:
        raise Refused("Lembaga ini penggerak PUG. Pindahkan dulu peran khususnya ke lembaga lain.")
    institution.valid_until = on
    institution.full_clean()
    institution.save()
    audit.record("institution.changed", institution, by=by, fields=["valid_until"])
    return institution
