"""Writing a decree: the draft, its proposed composition, and its members."""

from django.db import transaction
from django.db.models import Max

from institutions.access import ensure
from institutions.models import Decree, Institution, Membership, Post
from pug_portal.core import audit
from pug_portal.core.access import Refused, WrongStage
from pug_portal.core.versions import claim

Position = Membership.Position
# Who stands above the Pokja: the mayor answers for PUG, helped by the vice mayor (Permendagri 67/2011).
ABOVE = [
    (Position.PATRON, "Wali Kota Semarang"),
    (Position.ACCOUNTABLE, "Wakil Wali Kota Semarang"),
]
WHO_LEADS = {
    Position.CHAIR: "Ketua Pokja dipegang Kepala Bappeda (penggerak perencanaan).",
    Position.HEAD_OF_SECRETARIAT: (
        "Kepala Sekretariat dipegang kepala dinas pemberdayaan perempuan (penggerak pemberdayaan perempuan)."
    ),
}


def _refuse_published(decree: Decree) -> None:
    if not decree.is_draft:
        raise WrongStage("Keputusan ini sudah ditetapkan. Susun keputusan perubahan untuk mengubahnya.")


@transaction.atomic
def draft_decree(*, legal_bases=(), by, **fields) -> Decree:
    """Begin a decree; `fields` are model fields by name."""
    ensure(by, "manage_pokja")
    decree = Decree(**fields)
    decree.full_clean()
    decree.save(force_insert=True)
    decree.legal_bases.set(legal_bases)
    audit.record("decree.drafted", decree, by=by, subject=decree.subject, sort=decree.kind)
    return decree


@transaction.atomic
def change_decree(decree: Decree, *, changes: dict, version: int | None = None, by) -> Decree:
    """Change a draft; `changes` may hold `legal_bases`. Raises Stale when somebody was first."""
    ensure(by, "manage_pokja")
    _refuse_published(decree)
    claim(decree, version)
    bases = changes.pop("legal_bases", None)
    for name, value in changes.items():
        setattr(decree, name, value)
    decree.full_clean()
    decree.save()
    if bases is not None:
        decree.legal_bases.set(bases)
    audit.record("decree.changed", decree, by=by, fields=sorted(changes))
    return decree


@transaction.atomic
def discard_decree(decree: Decree, *, by) -> None:
    """Throw a draft away; a published decree stays for good."""
    ensure(by, "manage_pokja")
    _refuse_published(decree)
    audit.record("decree.changed", decree, by=by, discarded=True)
    decree.delete()


# Composition --------------------------------------------------------------------------------------


@transaction.atomic
def propose_composition(decree: Decree, *, by) -> int:
    """Fill the draft as the regulation wants it; return how many lines were added.

    Chair is the head of Bappeda, head of secretariat the head of the women's-empowerment agency,
    members are the heads of all other agencies. Lines that stand already are kept.
    """
    ensure(by, "manage_pokja")
    _refuse_published(decree)
    taken = set(decree.memberships.values_list("position", "post_id", "title"))
    positions = {position for position, _, _ in taken}
    posts = {post for _, post, _ in taken}
    lines = [Membership(position=p, title=t) for p, t in ABOVE if p not in positions]
    for post in _heads_in_order():
        position = _position_of(post)
        if post.pk not in posts and not (position != Position.MEMBER and position in positions):
            lines.append(Membership(position=position, post=post, institution=post.institution))
    start = decree.memberships.aggregate(last=Max("order"))["last"] or 0
    for order, line in enumerate(lines, start=start + 1):
        line.decree, line.order = decree, order
    Membership.objects.bulk_create(lines)
    audit.record("membership.changed", decree, by=by, proposed=len(lines))
    return len(lines)


def _heads_in_order() -> list[Post]:
    """The heads of all agencies: who leads first, then kind by kind."""
    agencies = Institution.objects.valid().agencies()
    posts = Post.objects.heads().filter(institution__in=agencies).select_related("institution")
    kinds = list(Institution.AGENCY_KINDS)
    ranks = [*Position.values]
    return sorted(
        posts,
        key=lambda post: (
            ranks.index(_position_of(post)),
            kinds.index(post.institution.kind),
            post.institution.name.casefold(),
        ),
    )


def _position_of(post: Post) -> Position:
    for position, role in Membership.HELD_BY.items():
        if post.institution.pug_role == role:
            return position
    return Position.MEMBER


def _check_leader(position: str, post: Post | None) -> None:
    """Chair and head of secretariat belong to two offices; nobody else may hold them."""
    role = Membership.HELD_BY.get(Position(position))
    if role and not (post and post.is_head and post.institution.pug_role == role):
        raise Refused(WHO_LEADS[position])


def _check_single(decree: Decree, position: str, without=None) -> None:
    if position in Membership.HELD_BY:
        others = decree.memberships.filter(position=position).exclude(pk=without)
        if others.exists():
            raise Refused(f"Keputusan ini sudah mempunyai {Position(position).label}.")


@transaction.atomic
def add_member(
    decree: Decree,
    *,
    position: str,
    post: Post | None = None,
    title: str = "",
    institution: Institution | None = None,
    person_name: str = "",
    sex: str = "",
    by,
) -> Membership:
    """Add a line to a draft; refuses a second chair and a chair from another office."""
    ensure(by, "manage_pokja")
    _refuse_published(decree)
    if decree.subject == Decree.Subject.POKJA:
        _check_single(decree, position)
        _check_leader(position, post)
    last = decree.memberships.aggregate(last=Max("order"))["last"] or 0
    member = Membership(
        decree=decree,
        position=position,
        post=post,
        title=title,
        institution=institution or (post.institution if post else None),
        person_name=person_name,
        sex=sex,
        order=last + 1,
    )
    member.full_clean()
    member.save(force_insert=True)
    audit.record("membership.changed", decree, by=by, added=position)
    return member


@transaction.atomic
def change_member(member: Membership, *, changes: dict, by) -> Membership:
    """Change a line of a draft, under the same rules as adding it."""
    ensure(by, "manage_pokja")
    _refuse_published(member.decree)
    for name, value in changes.items():
        setattr(member, name, value)
    if member.post and "post" in changes and not changes.get("institution"):
        member.institution = member.post.institution
    if member.decree.subject == Decree.Subject.POKJA:
        _check_single(member.decree, member.position, without=member.pk)
        _check_leader(member.position, member.post)
    member.full_clean()
    member.save()
    audit.record("membership.changed", member.decree, by=by, changed=member.position)
    return member


@transaction.atomic
def remove_member(member: Membership, *, by) -> None:
    """Take a line out of a draft."""
    ensure(by, "manage_pokja")
    _refuse_published(member.decree)
    audit.record("membership.changed", member.decree, by=by, removed=member.position)
    member.delete()
