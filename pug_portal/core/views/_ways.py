"""Answers to a POST: always another address (303), so that nothing is sent twice."""

from django.http import HttpResponseRedirect
from django.shortcuts import resolve_url


def see_other(to, *args, **kwargs):
    return HttpResponseRedirect(resolve_url(to, *args, **kwargs), status=303)
