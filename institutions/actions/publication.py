"""Publishing a decree: what is refused, what is only warned of, and what ends with it."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from institutions.access import ensure
from institutions.actions.decrees import WHO_LEADS
from institutions.models import Decree, Institution, Membership, Post
from pug_portal.core import audit
from pug_portal.core.access import Refused, WrongStage
from pug_portal.core.versions import claim


def _lines(decree: Decree) -> list[Membership]:
    return list(decree.memberships.select_related("post__institution", "institution"))


def hindrances(decree: Decree, members: list[Membership] | None = None) -> list[str]:
    """Return why the decree cannot be published, each a sentence; empty when it can.

    `members` are its lines with post and institution, when the caller has them already.
    """
    found = []
    if not decree.number or not decree.dated:
        found.append("Isi nomor dan tanggal keputusan dari naskah dinas.")
    if decree.kind == Decree.Kind.WITHDRAW and not decree.replaces_id:
        found.append("Pilih keputusan yang dicabut.")
    if decree.subject == Decree.Subject.POKJA and decree.kind != Decree.Kind.WITHDRAW:
        found += _leaders_missing_or_wrong(_lines(decree) if members is None else members)
    return found + _order_of_time(decree)


def _leaders_missing_or_wrong(members: list[Membership]) -> list[str]:
    found = []
    for position, role in Membership.HELD_BY.items():
        holding = [member for member in members if member.position == position]
        label = Membership.Position(position).label
        if len(holding) != 1:
            found.append(f"Susunan harus mempunyai tepat satu {label}; sekarang {len(holding)}.")
        elif not _holds(holding[0].post, role):
            found.append(WHO_LEADS[position])
    return found


def _holds(post: Post | None, role: str) -> bool:
    return bool(post and post.is_head and post.institution.pug_role == role)


def _order_of_time(decree: Decree) -> list[str]:
    later = predecessors(decree).filter(valid_from__gte=decree.valid_from)
    if later.exists():
        return ["Tanggal mulai berlaku harus sesudah keputusan yang digantikan."]
    return []


def warnings(decree: Decree, members: list[Membership] | None = None) -> list[str]:
    """Return what the secretariat should know before publishing; none of it hinders."""
    if decree.subject != Decree.Subject.POKJA or decree.kind == Decree.Kind.WITHDRAW:
        return []
    missing = agencies_without_member(_lines(decree) if members is None else members)
    if not missing:
        return []
    names = ", ".join(agency.abbreviation or agency.name for agency in missing[:10])
    more = f", dan {len(missing) - 10} lainnya" if len(missing) > 10 else ""
    return [f"{len(missing)} perangkat daerah belum mempunyai anggota: {names}{more}."]


def agencies_without_member(members: list[Membership]) -> list[Institution]:
    """Return the agencies of today that no line of the annex stands for."""
    taken = {office.pk for office in (member.office for member in members) if office}
    return [agency for agency in Institution.objects.valid().agencies() if agency.pk not in taken]


def predecessors(decree: Decree):
    """Published decrees that end when this one starts."""
    named = Q(pk=decree.replaces_id)
    if decree.subject in Decree.ONE_AT_A_TIME and decree.kind != Decree.Kind.WITHDRAW:
        runs_on = Q(valid_until__isnull=True) | Q(valid_until__gte=decree.valid_from)
        named |= Q(subject=decree.subject) & runs_on
    return Decree.objects.published().exclude(kind=Decree.Kind.WITHDRAW).filter(named).exclude(pk=decree.pk)


@transaction.atomic
def publish_decree(decree: Decree, *, version: int | None = None, by) -> Decree:
    """Publish a draft: its members take their seats, the decrees before it and their members end."""
    ensure(by, "publish_decree", "Keputusan ditetapkan oleh sekretariat atau Ketua Pokja.")
    if not decree.is_draft:
        raise WrongStage("Keputusan ini sudah ditetapkan.")
    found = hindrances(decree)
    if found:
        raise Refused(" ".join(found))
    claim(decree, version)
    ended = [_end(earlier, decree) for earlier in predecessors(decree)]
    decree.stage = Decree.Stage.PUBLISHED
    decree.published_at = timezone.now()
    decree.published_by = by if getattr(by, "pk", None) else None
    decree.save()
    decree.memberships.filter(starts__isnull=True).update(starts=decree.valid_from, ends=decree.valid_until)
    audit.record("decree.published", decree, by=by, ended=ended, members=decree.memberships.count())
    return decree


def _end(earlier: Decree, decree: Decree) -> str:
    """End a decree and its members on the eve of the new one; return its label for the record."""
    eve = decree.valid_from - timedelta(days=1)
    earlier.valid_until = eve
    earlier.version = F("version") + 1
    earlier.save()
    running = Q(ends__isnull=True) | Q(ends__gt=eve)
    earlier.memberships.filter(running).update(
        ends=eve, end_reason=f"{decree.relation_word} dengan Keputusan {decree.number}"[:160]
    )
    return earlier.audit_label()
