"""Who takes up and who leaves a post."""

from datetime import date, timedelta

from django.db import transaction

from institutions.access import ensure
from institutions.models import Institution, Post, PostHolder
from pug_portal.core import audit
from pug_portal.core.access import Refused


@transaction.atomic
def add_post(institution: Institution, *, title: str, by) -> Post:
    """Add a post below the head, such as a secretary of the agency."""
    ensure(by, "add_post")
    post = Post(institution=institution, title=title, order=institution.posts.count() + 1)
    post.full_clean()
    post.save(force_insert=True)
    audit.record("institution.changed", institution, by=by, fields=["posts"])
    return post


@transaction.atomic
def fill_post(
    post: Post,
    *,
    person_name: str,
    sex: str,
    starts: date,
    is_acting: bool = False,
    decree_number: str = "",
    user=None,
    by,
) -> PostHolder:
    """Let a person take up the post; the term of who held it before ends the day before."""
    ensure(by, "add_postholder")
    for running in post.holders.current(starts):
        if running.starts >= starts:
            raise Refused("Tanggal mulai harus sesudah tanggal mulai pejabat sekarang.")
        _end(running, on=starts - timedelta(days=1), reason="digantikan")
    if post.holders.filter(starts__gte=starts).exists():
        raise Refused("Sudah ada pejabat yang mulai sesudah tanggal ini. Periksa urutannya.")
    holder = PostHolder.objects.create(
        post=post,
        person_name=person_name,
        sex=sex,
        starts=starts,
        is_acting=is_acting,
        decree_number=decree_number,
        user=user,
    )
    audit.record("post.filled", post, by=by, acting=is_acting, starts=str(starts))
    return holder


@transaction.atomic
def vacate_post(post: Post, *, on: date, reason: str, by) -> None:
    """End the running term on the day `on`; the post shows as vacant from the next day."""
    ensure(by, "change_postholder")
    running = post.holders.current().first()
    if running is None:
        raise Refused("Jabatan ini sudah kosong.")
    if on < running.starts:
        raise Refused("Tanggal selesai harus sesudah tanggal mulai.")
    _end(running, on=on, reason=reason)
    audit.record("post.vacated", post, by=by, ends=str(on))


def _end(holder: PostHolder, *, on: date, reason: str) -> None:
    holder.ends, holder.end_reason = on, reason[:120]
    holder.save(update_fields=["ends", "end_reason"])
