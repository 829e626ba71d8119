"""The check that a sheet stands on one page (`app.plan.checks.findings`)."""

from app.forms.fitting.fitting import Fitter
from app.forms.form import Form
from app.forms.sheet import fill
from app.plan.checks.findings import Finding
from app.plan.entities import Initiative
from app.plan.plan import Plan


def page_finding(fitter: Fitter, form: Form, plan: Plan, initiative: Initiative) -> Finding | None:
    """That a sheet goes on to a further page; None where it stands on one."""
    pages = len(fitter.fit(fill(form, plan, initiative)).pages)
    if pages == 1:
        return None
    words = f"個票が{pages}ページになります（つづきのページが付きます）"
    return Finding("fit", words, initiative.id)
