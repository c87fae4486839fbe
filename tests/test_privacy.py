"""House test: every confidential field has a class, and nothing above its class leaves the file.

S0 open, S1 case, S2 sensitive, S3 identity (docs/decisions).
"""

import ast
import re

import pytest
from django.apps import apps
from import_export.resources import ModelResource

from pug_portal.core.crypto import BlindIndexField, ConfidentialModel
from pug_portal.core.crypto.fields import SealedTextField
from pug_portal.core.crypto.rows import ConfidentialQuerySet
from tests.consistency import ROOMS, our_models, python_files, shown, tree
from tools import ROOT

CONFIDENTIAL = [model for model in our_models() if issubclass(model, ConfidentialModel)]
CLASSES = ("s0", "s1", "s2", "s3")
# Confidential rooms: their S2 and S3 words must not appear in letters, records and resources.
WATCHED = [model for model in CONFIDENTIAL if model._meta.app_label == "seruni_cases"]


def _classes(model) -> dict[str, tuple[str, ...]]:
    return {name: tuple(getattr(model.Classified, name, ())) for name in CLASSES}


def _secret_names(model) -> set[str]:
    classes = _classes(model)
    return set(classes["s2"]) | set(classes["s3"])


@pytest.mark.parametrize("model", CONFIDENTIAL, ids=lambda m: m._meta.label)
def test_every_field_stands_in_exactly_one_class(model):
    assert "Classified" in vars(model), f"{model._meta.label} classifies nothing"
    named = [name for names in _classes(model).values() for name in names]
    fields = {field.name for field in model._meta.concrete_fields}
    assert sorted(fields - set(named)) == [], "in no class"
    assert sorted(set(named) - fields) == [], "classified, but no field"
    assert sorted({name for name in named if named.count(name) > 1}) == [], "in two classes"


@pytest.mark.parametrize("model", CONFIDENTIAL, ids=lambda m: m._meta.label)
def test_sealed_fields_are_sensitive_or_identity_and_these_are_sealed(model):
    classes = _classes(model)
    sealed = {f.name for f in model._meta.concrete_fields if isinstance(f, SealedTextField)}
    assert sealed - _secret_names(model) == set(), "sealed, but classified as open"
    texts = {
        f.name
        for f in model._meta.concrete_fields
        if f.name in classes["s3"] and not isinstance(f, SealedTextField | BlindIndexField)
    }
    assert texts == set(), "identity in the clear"


@pytest.mark.parametrize("model", CONFIDENTIAL, ids=lambda m: m._meta.label)
def test_every_manager_of_a_confidential_model_refuses_misuse(model):
    for manager in {model._default_manager, model._base_manager}:
        assert isinstance(manager.all(), ConfidentialQuerySet), f"{model._meta.label}.{manager.name}"


@pytest.mark.parametrize("model", CONFIDENTIAL, ids=lambda m: m._meta.label)
def test_a_confidential_row_names_itself_without_its_secrets(model):
    """`str()` lands in the administration's log; `audit_label()` in the record."""
    secret = _secret_names(model)
    for method in ("__str__", "audit_label"):
        source = _source_of(model, method)
        leaked = {name for name in secret if re.search(rf"\bself\.{name}\b", source)}
        assert leaked == set(), f"{method} tells {leaked}"


def _source_of(model, method) -> str:
    for base in model.__mro__:
        if method in vars(base) and base.__module__.split(".")[0] != "django":
            path = ROOT / (base.__module__.replace(".", "/") + ".py")
            for node in ast.walk(tree(path)):
                if isinstance(node, ast.ClassDef) and node.name == base.__name__:
                    found = [f for f in node.body if isinstance(f, ast.FunctionDef) and f.name == method]
                    return ast.unparse(found[0]) if found else ""
    return ""


def _secret_words() -> set[str]:
    """Names that stand only for S2 or S3 fields, so that meeting them anywhere is a leak."""
    secret = set().union(*(_secret_names(model) for model in WATCHED), set())
    opened = {f.name for m in our_models() for f in m._meta.concrete_fields if m not in WATCHED}
    opened |= {f.name for m in WATCHED for f in m._meta.concrete_fields if f.name not in _secret_names(m)}
    return secret - opened


@pytest.mark.parametrize("room", ROOMS)
def test_no_secret_is_a_fact_of_the_record(room):
    """`audit.record(..., name=person.name)`: neither the word nor the value of a secret field."""
    secret, wrong = _secret_words(), []
    for path in python_files(room):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {"audit.record", "audit.note"}:
                for given in node.keywords:
                    told = {n.attr for n in ast.walk(given.value) if isinstance(n, ast.Attribute)}
                    if given.arg in secret or told & secret:
                        wrong.append(f"{shown(path)}:{node.lineno} {given.arg}")
    assert wrong == []


@pytest.mark.parametrize("room", ROOMS)
def test_no_secret_goes_into_a_letter(room):
    secret, wrong = _secret_words(), []
    for path in python_files(room):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("outbox.queue"):
                context = [k.value for k in node.keywords if k.arg == "context"]
                told = {n.attr for c in context for n in ast.walk(c) if isinstance(n, ast.Attribute)}
                if told & secret:
                    wrong.append(f"{shown(path)}:{node.lineno} {sorted(told & secret)}")
    assert wrong == []


def test_no_letter_asks_for_a_secret():
    secret, wrong = _secret_words(), []
    for path in sorted((ROOT / "templates/emails").glob("*.txt")):
        asked = set(re.findall(r"[\w.]+", " ".join(re.findall(r"{[{%].*?[}%]}", path.read_text()))))
        if told := {word for word in asked if set(word.split(".")) & secret}:
            wrong.append(f"{path.name}: {sorted(told)}")
    assert wrong == []


def _resources(kind=ModelResource):
    for one in kind.__subclasses__():
        yield one
        yield from _resources(one)


def test_no_resource_carries_a_confidential_model():
    """Cases have neither import nor export by table; what leaves goes through reports with a reason."""
    wrong = [
        resource.__name__
        for resource in _resources()
        if (model := getattr(resource._meta, "model", None)) and issubclass(model, ConfidentialModel)
    ]
    assert wrong == []


def test_the_history_library_keeps_no_confidential_rows():
    histories = [m for m in apps.get_models() if m.__name__.startswith("Historical")]
    sealed = [m.__name__ for m in histories for f in m._meta.fields if isinstance(f, SealedTextField)]
    assert sealed == []


@pytest.mark.parametrize("room", ROOMS)
def test_nothing_typed_goes_into_a_log(room):
    wrong = []
    for path in python_files(room):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[0] in {
                "log",
                "logger",
                "logging",
            }:
                told = {
                    ast.unparse(n) for a in node.args for n in ast.walk(a) if isinstance(n, ast.Attribute)
                }
                if {t for t in told if t.startswith(("request.POST", "request.GET", "form.", "exception."))}:
                    wrong.append(f"{shown(path)}:{node.lineno}")
    assert wrong == []
