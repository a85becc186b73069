"""Forms whose button makes something make it once, however often the button is pressed.

Such a form holds `{% once %}`, its view is marked `@once`. Must not know which forms.
"""

from datetime import timedelta
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.crypto import salted_hmac

from learning.http import View
from learning.models import Press

FIELD = "once"  # the name of what {% once %} puts into a form: another each time the form is shown
KEPT = timedelta(hours=1)


def once(view: View) -> View:
    """Let a POST that leads on do so once: sent again unchanged, it leads where it led, and nothing is done.

    Changed it is another one: who goes back and types another name makes another class.
    """

    @wraps(view)
    def pressed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST" or not request.POST.get(FIELD):
            return view(request, *args, **kwargs)
        with transaction.atomic():
            press = _press(request)
            if press.led_to:
                return redirect(press.led_to)
            response = view(request, *args, **kwargs)
            _keep(press, response.get("Location", ""))
        return response

    return pressed


def _press(request: HttpRequest) -> Press:
    """Return the press of this form; a second one waits here until the first is through."""
    now = timezone.now()
    Press.objects.filter(pressed_at__lt=now - KEPT).delete()
    return Press.objects.get_or_create(key=_key(request), defaults={"pressed_at": now})[0]


def _key(request: HttpRequest) -> str:
    sent = request.POST.copy()
    sent.pop("csrfmiddlewaretoken", None)
    what = f"{request.user.pk} {request.path} {sent.urlencode()}"
    return salted_hmac("learning.once", what, algorithm="sha256").hexdigest()


def _keep(press: Press, led_to: str) -> None:
    """Keep where it led; a form that comes back with what is wrong has led nowhere."""
    if led_to:
        press.led_to = led_to
        press.save(update_fields=["led_to"])
    else:
        press.delete()
