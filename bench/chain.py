"""The record in bulk: lines as audit.record writes them, sealed and chained, many in one statement."""

import uuid
from datetime import datetime

from pug_portal.core.actors import label_of, number_of
from pug_portal.core.audit import START, AuditEvent


class Chain:
    """Collects lines and appends them to the record; the triggers check every one of them."""

    def __init__(self):
        self.seq, self.mac = AuditEvent.objects.values_list("seq", "mac").first() or (0, START)
        self.lines: list[AuditEvent] = []
        self.actors: dict[uuid.UUID, tuple[str, str]] = {}

    def add(self, kind: str, target, *, at: datetime, by, scope: uuid.UUID, **facts) -> None:
        number, label = self._actor(by)
        self.lines.append(
            AuditEvent(
                at=at,
                kind=kind,
                actor_id=number,
                actor_label=label,
                target_type=target._meta.label_lower,
                target_id=str(target.pk),
                target_label=target.audit_label(),
                scope=scope,
                outcome="allowed",
                facts=facts,
                gesture=uuid.uuid4(),
            )
        )

    def flush(self) -> int:
        """Write what was collected, oldest first; return how many lines."""
        written = sorted(self.lines, key=lambda line: line.at)
        for line in written:
            self.seq += 1
            line.seq, line.prev = self.seq, self.mac
            self.mac = line.mac = line.sealed_by()
        AuditEvent.objects.bulk_create(written)
        self.lines = []
        return len(written)

    def _actor(self, by) -> tuple[str, str]:
        if by.pk not in self.actors:
            self.actors[by.pk] = number_of(by), label_of(by)
        return self.actors[by.pk]
