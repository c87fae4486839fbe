"""Demonstration: one fictional person per role, and the rooms filled around them.

Deterministic from one seed number; refuses to run beside real data; does nothing the second time.
"""

import os
import random
import secrets
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from activities import demo as activities_demo
from focal_points import demo as focal_points_demo
from institutions import demo as institutions_demo
from institutions.models import Institution
from pug_portal.core import audit
from pug_portal.core.actors import SYSTEM
from pug_portal.core.models import RoleAssignment, User
from pug_portal.core.roles import Role
from seruni_cases import demo as seruni_demo

SEED = 20261123

# (user name, name, role, abbreviation of the institution); every one of them is invented.
PEOPLE = [
    ("admin", "Arum Wibowo", Role.SYSTEM_ADMIN, ""),
    ("sekretariat", "Sekar Ayuningtyas", Role.SECRETARIAT, ""),
    ("ketua", "Ketut Prabowo", Role.CHAIR, ""),
    ("pimpinan", "Laras Kusuma", Role.LEADER, ""),
    ("kepala.dinkes", "Hadi Sutrisno", Role.AGENCY_HEAD, "Dinkes"),
    ("timteknis", "Teguh Raharjo", Role.TECHNICAL_TEAM, ""),
    ("focal.dinkes", "Fitri Handayani", Role.FOCAL_POINT, "Dinkes"),
    ("focal.disdik", "Farhan Maulana", Role.FOCAL_POINT, "Disdik"),
    ("petugas", "Oki Setyawati", Role.COMPLAINT_OFFICER, ""),
    ("pendamping", "Dewi Lestariningsih", Role.COMPANION, ""),
    ("pendamping2", "Damar Wulandari", Role.COMPANION, ""),
    ("manajer", "Mira Anggraini", Role.CASE_MANAGER, ""),
    ("ketua.seruni", "Kania Puspita", Role.SERUNI_HEAD, ""),
    ("rumahaman", "Rumi Hastuti", Role.SHELTER_OFFICER, ""),
    ("mitra", "Putra Nugroho", Role.PARTNER, "RSWN"),
    ("data", "Dian Permata", Role.DATA_MANAGER, ""),
    ("auditor", "Aulia Rahman", Role.AUDITOR, ""),
]


class RealDataFound(Exception):
    """There are accounts that are not fictional: demonstration data do not belong beside them."""


def load(*, accounts: Path | None, scale: float = 1) -> dict[str, int]:
    """Fill an empty portal with fictional data; return counts by kind, {} when already there."""
    # Asked first: who invites somebody on a demonstration may start it again.
    if User.objects.filter(is_demo=True).exists():
        return {}
    if User.objects.exists():
        raise RealDataFound
    rng = random.Random(SEED)  # noqa: S311  (fiction, not secrets)
    people = _make_people(accounts)
    counts = {"akun": sum(map(len, people.values()))}
    for room in (institutions_demo, focal_points_demo, seruni_demo, activities_demo):
        counts |= room.fill(people, rng=rng, scale=scale)
    with transaction.atomic():
        audit.record("demo.seeded", by=SYSTEM, **counts)
    return counts


@transaction.atomic
def _make_people(accounts: Path | None) -> dict[str, list[User]]:
    people: dict[str, list[User]] = {}
    lines = []
    for username, name, role, at in PEOPLE:
        password = "-".join(secrets.token_hex(2) for _ in range(4))
        user = User.objects.create_user(
            username, f"{username}@peraga.test", password, name=f"{name} (fiktif)", is_demo=True
        )
        place = Institution.objects.get(abbreviation=at) if at else None
        RoleAssignment.objects.create(user=user, role=role, institution=place, starts=timezone.localdate())
        people.setdefault(role, []).append(user)
        lines.append(f"{Role(role).label:34} {username:16} {password}")
    if accounts:
        _write_private(accounts, lines)
    return people


def _write_private(path: Path, lines: list[str]) -> None:
    """Write the accounts where only their owner can read them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write("\n".join(["# Akun peraga, semuanya fiktif: peran, nama pengguna, kata sandi"]))
        out.write("\n" + "\n".join(lines) + "\n")
