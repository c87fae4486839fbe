"""Floor B of docs/bench.md: one indexed row, a template, a signed-in person; and a bare insert."""

from django import forms
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render

from bench.floor.models import Entry, Row
from pug_portal.core.access import requires


@requires("core.use_portal")
def one_row(request, number):
    return render(request, "bench/row.html", {"row": get_object_or_404(Row, number=number)})


class EntryForm(forms.Form):
    words = forms.CharField(max_length=200)


@requires("core.use_portal")
def insert(request):
    form = EntryForm(request.POST or None)
    if form.is_valid():
        entry = Entry.objects.create(words=form.cleaned_data["words"])
        return HttpResponseRedirect(f"/bench/catat/?{entry.pk}", status=303)
    return render(request, "bench/form.html", {"form": form})
