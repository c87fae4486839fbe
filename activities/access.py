"""Who sees an activity, who may do what with it, who sees the people on its list.

- Everybody sees what is announced.
- An institution sees its own, drafts included; the secretariat sees all.
- Names of participants are for those who keep the list: the organiser's focal points and the
  secretariat. Being a superuser is not enough: names need a role.
"""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from activities.models import Activity, Participant
from activities.models.people import ParticipantQuerySet
from activities.workflow import PROPOSAL, Move, Stage, legal
from institutions.models import Institution
from pug_portal.core.access import Refused, WrongStage
from pug_portal.core.roles import Role

DESK = "activities.publish_activity"

PERMISSIONS: dict[str, str] = {
    Move.CHANGE: "activities.change_activity",
    Move.SUBMIT: "activities.propose_activity",
    Move.SEND_BACK: DESK,
    Move.APPROVE: DESK,
    Move.PUBLISH: DESK,
    Move.WITHDRAW: DESK,
    Move.REGISTER: "activities.register_participant",
    Move.MARK: "activities.mark_attendance",
    Move.HOLD: "activities.report_activity",
    Move.REPORT: "activities.report_activity",
    Move.CONCLUDE: DESK,
}


def visible_activities(user: Any) -> QuerySet[Activity]:
    """Return what `user` may know of; the only statement of sight of this room."""
    if not user.is_authenticated or not user.is_active:
        return Activity.objects.published()
    if user.has_perm(DESK):
        return Activity.objects.all()
    seen = Q(pk__in=Activity.objects.published().values("pk"))
    return Activity.objects.filter(seen | Q(organiser__in=own_institutions(user)))


def own_institutions(user: Any) -> frozenset[UUID]:
    """Return the institutions whose activities `user` sees from the inside."""
    return user.institution_ids(Role.FOCAL_POINT) | user.institution_ids(Role.AGENCY_HEAD)


def may_propose_for(user: Any) -> QuerySet[Institution]:
    """Return the institutions in whose name `user` may propose an activity."""
    valid = Institution.objects.valid()
    if not user.has_perm("activities.propose_activity"):
        return valid.none()
    if user.has_perm(DESK):
        return valid
    return valid.filter(pk__in=user.institution_ids(Role.FOCAL_POINT))


def works_on(user: Any, activity: Activity) -> bool:
    """Whether the activity is `user`'s work: of the own institution, or as the city's desk."""
    return user.has_perm(DESK) or activity.organiser_id in user.institution_ids(Role.FOCAL_POINT)


def _is_turn_of(user: Any, move: str, activity: Activity) -> bool:
    """The rules that depend on who wrote the proposal and whether the day has come."""
    is_author = activity.author_id == user.pk
    if move in (Move.APPROVE, Move.SEND_BACK):
        return not is_author
    if move == Move.PUBLISH and activity.stage == Stage.DRAFT:
        # The secretariat announces its own activities; what others propose passes the review.
        return is_author
    if move in (Move.CHANGE, Move.SUBMIT):
        if activity.stage in PROPOSAL:
            return is_author or activity.organiser_id in user.institution_ids(Role.FOCAL_POINT)
        return user.has_perm(DESK)
    if move in (Move.MARK, Move.HOLD, Move.REPORT):
        return activity.has_begun
    return True


def may(user: Any, move: str, activity: Activity) -> bool:
    """Whether `user` may make this move with the activity now; buttons, views and actions ask here."""
    return (
        legal(move, activity.stage)
        and user.has_perm(PERMISSIONS[move])
        and works_on(user, activity)
        and _is_turn_of(user, move, activity)
    )


def ensure(user: Any, move: str, activity: Activity) -> None:
    """Raise WrongStage or Refused, with the reason in Indonesian, unless `may`."""
    if not legal(move, activity.stage):
        raise WrongStage(
            f"Kegiatan ini berstatus “{activity.get_stage_display()}”, jadi langkah "
            f"“{Move(move).label}” tidak dapat dilakukan. Muat ulang halaman."
        )
    if may(user, move, activity):
        return
    if move in (Move.MARK, Move.HOLD, Move.REPORT) and not activity.has_begun:
        raise Refused("Kegiatan ini belum dimulai.")
    if move in (Move.APPROVE, Move.SEND_BACK) and activity.author_id == user.pk:
        raise Refused("Anda mengusulkan kegiatan ini, jadi orang lain yang menelaahnya.")
    raise Refused(f"Anda tidak memegang hak “{Move(move).label}” untuk kegiatan ini.")


def ensure_may_propose_for(user: Any, institution: Institution) -> None:
    """Raise Refused unless `user` may propose in the name of `institution`."""
    if not may_propose_for(user).filter(pk=institution.pk).exists():
        raise Refused("Anda hanya dapat mengusulkan kegiatan untuk lembaga Anda sendiri.")


def may_prove(user: Any, activity: Activity) -> bool:
    """Whether `user` may add proofs: those who report it, in any stage."""
    return user.has_perm("activities.report_activity") and works_on(user, activity)


def ensure_may_prove(user: Any, activity: Activity) -> None:
    """Raise Refused unless `may_prove`."""
    if not may_prove(user, activity):
        raise Refused("Bukti ditambahkan oleh penyelenggara dan sekretariat.")


def keeps_list(user: Any, activity: Activity) -> bool:
    """Whether `user` sees the people on the list of this activity."""
    return "activities.register_participant" in getattr(user, "grants", ()) and works_on(user, activity)


def ensure_keeps_list(user: Any, activity: Activity) -> None:
    """Raise Refused unless `user` keeps the list of this activity."""
    if not keeps_list(user, activity):
        raise Refused("Daftar peserta hanya untuk penyelenggara dan sekretariat.")


def visible_participants(user: Any, activity: Activity) -> ParticipantQuerySet:
    """Return the people on the list, none for those who do not keep it."""
    people = Participant.objects.filter(activity=activity)
    return people if keeps_list(user, activity) else people.none()


def open_activity(user: Any, pk: UUID) -> Activity:
    """Return an activity that `user` may know of; missing and forbidden look alike (404)."""
    wanted = visible_activities(user).select_related("organiser", "region__parent", "author")
    return get_object_or_404(wanted, pk=pk)


def open_participant(user: Any, activity: Activity, pk: UUID) -> Participant:
    """Return a person on the list, or 404."""
    person = get_object_or_404(visible_participants(user, activity), pk=pk)
    person.activity = activity
    return person
