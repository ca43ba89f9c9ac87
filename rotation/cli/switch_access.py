"""How the command line reaches a switch: options, and the secret from environment or file, never from an argument."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from rotation.errors import UsageFault
from rotation.switch import Access, DriverKind, driver_names, drivers

Function = TypeVar("Function", bound=Callable[..., Any])
SECRET = "ROTATION_SWITCH_SECRET"
SECRET_FILE = "ROTATION_SWITCH_SECRET_FILE"
LONGEST_SECRET = 10_000


@dataclass(frozen=True)
class Reach:
    """The options that say which switch.

    Args:
        driver: name of the driver.
        host: the switch's host, or a cloud's base URL.
        port: 0 for the driver's own.
        user: login name.
        secret_file: file with the secret, None for the environment's.
        tls: whether to encrypt.
        tls_ca: certificates to trust, None for the system's.
        timeout_s: longest wait for an answer, seconds.
        name: how records call the switch; empty for driver, host and port.
    """

    driver: str
    host: str
    port: int
    user: str
    secret_file: Path | None
    tls: bool
    tls_ca: Path | None
    timeout_s: float
    name: str

    @property
    def kind(self) -> DriverKind:
        """The driver.

        Raises:
            UsageFault: there is none of that name.
        """
        family = drivers()
        if self.driver not in family:
            raise UsageFault(f"--driver {self.driver} is none (allowed: {', '.join(family)})")
        return family[self.driver]

    @property
    def switch(self) -> str:
        """How records, locks and metrics call the switch."""
        return self.name or f"{self.driver}:{self.host}:{self.port or self.kind.port}"

    def access(self) -> Access:
        """What the driver needs.

        Raises:
            UsageFault: there is no secret, or it cannot be read.
        """
        port = self.port or self.kind.port
        ca = str(self.tls_ca) if self.tls_ca else ""
        return Access(self.host, port, self.user, _secret(self.secret_file), self.tls, ca, self.timeout_s)


def _secret(file: Path | None) -> str:
    place = file or (Path(os.environ[SECRET_FILE]) if os.environ.get(SECRET_FILE) else None)
    if place is None:
        if SECRET not in os.environ:
            raise UsageFault(f"there is no secret: set {SECRET}, or give --secret-file FILE")
        return os.environ[SECRET]
    try:
        text = place.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageFault(f"the secret's file {place} cannot be read: {error}") from error
    lines = text.strip("\r\n").splitlines()
    if len(lines) != 1 or len(text) > LONGEST_SECRET:
        raise UsageFault(f"the secret's file {place} must hold one line")
    return lines[0]


def reach_options(command: Function) -> Function:
    """``--driver``, ``--host`` and what else says which switch; the command gets them as ``reach``."""

    def wrapped(**given: Any) -> Any:
        fields = {name: given.pop(name) for name in Reach.__dataclass_fields__}
        return command(reach=Reach(**fields), **given)

    wrapped.__name__, wrapped.__doc__ = command.__name__, command.__doc__
    wrapped.__click_params__ = list(getattr(command, "__click_params__", []))  # type: ignore[attr-defined]
    file = click.Path(path_type=Path, dir_okay=False)
    options = (
        click.option("--driver", default="asterisk-ami", show_default=True, help=", ".join(driver_names()) + "."),
        click.option("--host", default="127.0.0.1", show_default=True, help="The switch; of a cloud its base URL."),
        click.option("--port", type=click.IntRange(0, 65535), default=0, help="0: the driver's own."),
        click.option("--user", default="", envvar="ROTATION_SWITCH_USER", help="Login name; of a cloud the account."),
        click.option("--secret-file", type=file, help=f"File with the secret; default: {SECRET} of the environment."),
        click.option("--tls", is_flag=True, help="Encrypt, and check the server's certificate."),
        click.option("--tls-ca", type=file, help="Certificates to trust instead of the system's."),
        click.option(
            "--timeout",
            "timeout_s",
            type=click.FloatRange(0.1, 600),
            default=10.0,
            show_default=True,
            help="Longest wait for an answer, seconds.",
        ),
        click.option("--name", default="", help="How records call the switch.  [default: driver, host and port]"),
    )
    for option in reversed(options):
        option(wrapped)
    return wrapped  # type: ignore[return-value]
