"""A duty report at its author's desk: logged, changed, submitted."""

from collections.abc import Iterable

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from focal_points.access import ensure, ensure_works_for
from focal_points.actions import evidence
from focal_points.models import DutyReport
from focal_points.workflow import Verb
from institutions.models import Institution
from pug_portal.core import audit, obligations, review
from pug_portal.core.versions import claim


@transaction.atomic
def log(
    agency: Institution,
    *,
    files: Iterable[UploadedFile] = (),
    send: bool = False,
    by,
    **fields,
) -> DutyReport:
    """Write down what was done for one duty, with its proofs; `send` hands it over at once."""
    ensure_works_for(by, agency, "focal_points.report_duty")
    report = DutyReport.objects.create(agency=agency, author=by, **fields)
    audit.record("duty.reported", report, by=by, duty=report.duty)
    _prove_and_send(report, files, send, by)
    return report


def _prove_and_send(report: DutyReport, files, send: bool, by) -> None:
    if files:
        evidence.prove(report, files=files, by=by)
    if send:
        submit(report, by=by)


@transaction.atomic
def change(
    report: DutyReport,
    *,
    version: int | None = None,
    files: Iterable[UploadedFile] = (),
    send: bool = False,
    by,
    **fields,
) -> None:
    """Change a draft or a returned report. Raises Stale when a colleague saved first."""
    ensure(by, Verb.CHANGE, report)
    claim(report, version)
    changed = [name for name, value in fields.items() if getattr(report, name) != value]
    for name in changed:
        setattr(report, name, fields[name])
    report.save(update_fields=[*changed, "version"])
    audit.record("duty.changed", report, by=by, fields=sorted(changed))
    _prove_and_send(report, files, send, by)


@transaction.atomic
def submit(report: DutyReport, *, by) -> None:
    """Hand the report to the secretariat; the clock of a repair stops."""
    ensure(by, Verb.SUBMIT, report)
    review.submit(report, by=by)
    obligations.stop("duty.repair", target=report)
