"""Who acts when no person is signed in: the portal itself, or somebody of the public."""

from dataclasses import dataclass


@dataclass(frozen=True)
class NamedActor:
    """An actor without an account; holds no role and passes no permission question."""

    name: str
    is_active: bool = True
    is_superuser: bool = False
    is_authenticated: bool = False

    def has_perm(self, codename: str, obj=None) -> bool:
        return False

    @property
    def roles(self) -> frozenset[str]:
        return frozenset()


SYSTEM = NamedActor("Portal")
PUBLIC = NamedActor("Publik")


def label_of(actor) -> str:
    """Return the name and roles of `actor` at this moment, for the record."""
    if isinstance(actor, NamedActor):
        return actor.name
    return f"{actor.get_short_name()} ({', '.join(sorted(actor.roles)) or 'tanpa peran'})"[:200]


def number_of(actor) -> str:
    """Return the account number of `actor`, "" for SYSTEM and PUBLIC."""
    return "" if isinstance(actor, NamedActor) else str(actor.pk)
