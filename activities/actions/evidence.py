"""Proofs of an activity: kept once in the evidence vault, attached here."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from activities.access import ensure_may_prove
from activities.models import Activity
from institutions.actions import evidence
from institutions.models import Document


@transaction.atomic
def prove(activity: Activity, *, upload: UploadedFile, title: str, kind: str, by: Any) -> Document:
    """Keep a file as internal proof of the organiser and attach it to the activity."""
    ensure_may_prove(by, activity)
    document = evidence.add(
        upload,
        title=title,
        kind=kind,
        owner=activity.organiser,
        klass=Document.Klass.INTERNAL,
        by=by,
        prerequisites=activity.prerequisites,
        processes=activity.processes,
    )
    evidence.attach(document, to=activity, by=by)
    return document
