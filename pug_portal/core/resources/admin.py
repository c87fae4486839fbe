"""Import and export in the admin: template, preview, confirmation, undo, all recorded."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from import_export.admin import ImportExportMixin
from import_export.forms import SelectableFieldsExportForm
from import_export.results import RowResult

from pug_portal.core import audit, clock
from pug_portal.core.access import Refused
from pug_portal.core.downloads import XLSX, download
from pug_portal.core.imports import UNDO_HOURS, ImportRun, undo_import
from pug_portal.core.sheets import xlsx

from .formats import SafeCSV, SafeXLSX, SheetRefused
from .storage import SealedCacheStorage, importer

_LOGGED = {
    RowResult.IMPORT_TYPE_NEW: (ADDITION, "Ditambahkan lewat impor"),
    RowResult.IMPORT_TYPE_UPDATE: (CHANGE, "Diubah lewat impor"),
}


class PortalExportForm(SelectableFieldsExportForm):
    """The library's form with the columns named as people see them."""

    def _get_field_label(self, resource: Any, field_name: str) -> str:
        field = resource.fields.get(field_name)
        return field.column_name if field else field_name


class PortalImportExportMixin(ImportExportMixin):
    """Mix into a ModelAdmin, before it; set resource_classes to PortalResource subclasses."""

    formats = (SafeXLSX, SafeCSV)
    import_formats = export_formats = formats
    tmp_storage_class = SealedCacheStorage
    import_template_name = "admin/import_export/portal_import.html"
    undo_template_name = "admin/import_export/undo.html"
    export_form_class = PortalExportForm
    show_change_form_export = False

    def get_urls(self) -> list[Any]:
        view, name = self.admin_site.admin_view, "{}_{}_%s".format(*self.get_model_info())
        own = [
            path("import/templat/", view(self.import_sheet), name=name % "import_sheet"),
            path("import/<uuid:run_id>/undo/", view(self.undo_import), name=name % "undo_import"),
        ]
        return own + super().get_urls()

    def _url(self, page: str, *args: Any) -> str:
        name = "admin:{}_{}_{}".format(*self.get_model_info(), page)
        return reverse(name, args=args, current_app=self.admin_site.name)

    def get_import_resource_kwargs(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        return {"user": request.user}

    def get_export_resource_kwargs(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        return {"user": request.user}

    def get_import_data_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        # Without this the library would keep the good rows and drop the bad ones in silence.
        return {**super().get_import_data_kwargs(**kwargs), "rollback_on_validation_errors": True}

    # Import -------------------------------------------------------------------------------------

    def import_action(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        token = importer.set(str(request.user.pk))
        try:
            response = super().import_action(request, **kwargs)
        finally:
            importer.reset(token)
        response.context_data.update(
            title=f"Impor {self.opts.verbose_name_plural}",
            sheet_url=self._url("import_sheet"),
            runs=[(run, self._url("undo_import", run.pk)) for run in self._recent_runs()],
        )
        return response

    def _recent_runs(self) -> list[ImportRun]:
        since = timezone.now() - timedelta(hours=UNDO_HOURS)
        runs = ImportRun.objects.filter(model=self.opts.label, at__gte=since, undone_at=None)
        return list(runs.select_related("by").defer("changes")[:5])

    def process_import(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        token = importer.set(str(request.user.pk))
        try:
            return super().process_import(request, **kwargs)
        except SheetRefused as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(self._url("import"))
        finally:
            importer.reset(token)

    def process_result(self, result: Any, request: HttpRequest) -> HttpResponse:
        if result.has_errors() or result.has_validation_errors():
            # Between preview and confirmation somebody changed what the sheet leans on.
            messages.error(request, "Data berubah sejak pratinjau. Belum ada yang disimpan; unggah lagi.")
            return HttpResponseRedirect(self._url("import"))
        return super().process_result(result, request)

    def add_success_message(self, result: Any, request: HttpRequest) -> None:
        totals = result.totals
        counts = (
            f"{totals[RowResult.IMPORT_TYPE_NEW]} baris baru, "
            f"{totals[RowResult.IMPORT_TYPE_UPDATE]} diubah, {totals[RowResult.IMPORT_TYPE_SKIP]} sama."
        )
        if result.run:
            url = self._url("undo_import", result.run.pk)
            messages.success(
                request, format_html('Impor selesai: {} <a href="{}">Batalkan impor ini</a>', counts, url)
            )
        else:
            messages.success(request, f"Impor selesai: {counts}")

    def _create_log_entries(self, user_pk: Any, rows: dict[str, list[Any]]) -> None:
        for kind, instances in rows.items():
            if kind in _LOGGED and instances:
                flag, words = _LOGGED[kind]
                self._log(user_pk, instances, flag, words)

    def _log(self, user_pk: Any, instances: list[Any], flag: int, words: str) -> None:
        if len(instances) == 1:
            LogEntry.objects.log_actions(user_pk, instances, flag, words, single_object=True)
        else:
            LogEntry.objects.log_actions(user_pk, instances, flag, words)

    def add_data_read_fail_error_to_form(self, form: Any, e: Exception) -> None:
        ours = isinstance(e, SheetRefused)
        form.add_error(
            "import_file", str(e) if ours else "Berkas ini tidak terbaca. Simpan ulang, lalu kirim lagi."
        )

    def import_sheet(self, request: HttpRequest) -> HttpResponse:
        """An empty sheet with the right columns."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        resource = self.get_import_resource_classes(request)[0](user=request.user)
        columns = [field.column_name for field in resource.get_import_fields()]
        name = f"templat-{self.opts.verbose_name_plural}.xlsx"
        return download(name, xlsx(columns, [], title=str(self.opts.verbose_name_plural)), XLSX)

    def undo_import(self, request: HttpRequest, run_id: uuid.UUID) -> HttpResponse:
        """Ask once, then take the import back."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        run = get_object_or_404(ImportRun, pk=run_id, model=self.opts.label)
        if request.method == "POST":
            return self._undone(request, run)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "run": run,
            "title": "Batalkan impor",
        }
        return TemplateResponse(request, self.undo_template_name, context)

    def _undone(self, request: HttpRequest, run: ImportRun) -> HttpResponse:
        try:
            undo_import(run, by=request.user)
        except Refused as refusal:
            messages.error(request, refusal.reason)
        else:
            messages.success(request, "Impor dibatalkan. Data kembali seperti sebelumnya.")
        return HttpResponseRedirect(self._url("changelist"))

    # Export -------------------------------------------------------------------------------------

    def get_data_for_export(self, request: HttpRequest, queryset: Any, **kwargs: Any) -> Any:
        data = super().get_data_for_export(request, queryset, **kwargs)
        audit.note("export.made", by=request.user, model=self.opts.label, rows=len(data))
        return data

    def get_export_filename(self, request: HttpRequest, queryset: Any, file_format: Any) -> str:
        return f"{self.opts.verbose_name_plural}-{clock.today().isoformat()}.{file_format.get_extension()}"

    def _do_file_export(
        self, file_format: Any, request: HttpRequest, queryset: Any, export_form: Any = None
    ) -> HttpResponse:
        content = self.get_export_data(file_format, request, queryset, export_form=export_form)
        name = self.get_export_filename(request, queryset, file_format)
        return download(name, content, file_format.get_content_type())

    def get_valid_export_item_pks(self, request: HttpRequest) -> list[Any]:
        """The ticked rows that this person may see; the library would read every key of the table."""
        asked = []
        for text in request.POST.getlist("export_items"):
            try:
                asked.append(self.opts.pk.to_python(text))
            except ValidationError:
                continue
        return list(self.get_queryset(request).filter(pk__in=asked).values_list("pk", flat=True))
