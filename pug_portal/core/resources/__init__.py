"""Importing and exporting registers: safe files, columns by name, preview, errors by cell, undo.

A room writes a PortalResource with explicit fields, gives it to a ModelAdmin
with PortalImportExportMixin, and adds `import_x` and `export_x` to the
permissions of its model. Confidential models never get one.
"""

from .admin import PortalImportExportMixin
from .base import PortalResource
from .formats import MAX_COLUMNS, MAX_ROWS, SafeCSV, SafeXLSX, SheetRefused
from .storage import SealedCacheStorage
from .widgets import (
    ChoiceWidget,
    DateTimeWidget,
    DateWidget,
    DecimalWidget,
    IntegerWidget,
    LookupWidget,
    MoneyWidget,
    PhoneWidget,
    TextWidget,
    TimeWidget,
    YesNoWidget,
)

__all__ = [
    "MAX_COLUMNS",
    "MAX_ROWS",
    "ChoiceWidget",
    "DateTimeWidget",
    "DateWidget",
    "DecimalWidget",
    "IntegerWidget",
    "LookupWidget",
    "MoneyWidget",
    "PhoneWidget",
    "PortalImportExportMixin",
    "PortalResource",
    "SafeCSV",
    "SafeXLSX",
    "SealedCacheStorage",
    "SheetRefused",
    "TextWidget",
    "TimeWidget",
    "YesNoWidget",
]
