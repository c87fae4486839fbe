"""The address plan of the portal as the house tests walk it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from pug_portal.core.access import declared


@dataclass(frozen=True)
class Route:
    """One address pattern; looks enough like Django's ResolverMatch for `declared`."""

    path: str
    view_name: str
    app_names: tuple[str, ...]
    func: Any

    @property
    def access(self) -> str | None:
        return declared(self)


def every_route() -> list[Route]:
    return list(_walk(get_resolver(), "", (), ()))


def _walk(resolver: URLResolver, prefix: str, namespaces, apps) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield Route(path, ":".join([*namespaces, entry.name or ""]), apps, entry.callback)
        else:
            yield from _walk(
                entry,
                path,
                (*namespaces, *([entry.namespace] if entry.namespace else [])),
                (*apps, *([entry.app_name] if entry.app_name else [])),
            )
