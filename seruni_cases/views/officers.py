"""Who works on a case, and who must not know of it."""

from django.views.decorators.http import require_POST

from pug_portal.core.access import requires
from pug_portal.core.roles import CASE_ROLES, Role
from seruni_cases.access import excluded_from, load_of_officers, officers_for, open_case
from seruni_cases.actions import assignment
from seruni_cases.forms.case import AssignForm, ExcludeForm
from seruni_cases.views._pages import SeeOther, form_page, to


@requires("seruni_cases.assign_case")
def assign(request, code):
    row = open_case(request, code)
    people = officers_for(row, (Role.COMPANION, Role.CASE_MANAGER))
    initial = {"version": row.version}
    form = AssignForm(request.POST or None, people=people, load=load_of_officers(), initial=initial)

    def act(data):
        assignment.assign(row, user=data["user"], part=data["part"], version=data["version"], by=request.user)
        return to("case", row.code)

    return form_page(request, "seruni_cases/case/assign.html", form, act, case=row)


@requires("seruni_cases.exclude_user")
def exclude(request, code):
    """Who must not know of this case."""
    row = open_case(request, code)
    form = ExcludeForm(request.POST or None, people=officers_for(row, sorted(CASE_ROLES)))

    def act(data):
        assignment.exclude(row, user=data["user"], by=request.user)
        return to("exclude", row.code)

    excluded = excluded_from(row)
    context = {"case": row, "excluded": excluded}
    return form_page(request, "seruni_cases/case/exclude.html", form, act, **context)


@requires("seruni_cases.exclude_user")
@require_POST
def include(request, code, user_id):
    row = open_case(request, code)
    found = excluded_from(row).filter(user=user_id).first()
    if found:
        assignment.include(row, user=found.user, by=request.user)
    return SeeOther(to("exclude", row.code))
