"""A connection to the mail server of the policy, encrypted and logged in."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from rotation.company.policy import Mail
from rotation.errors import PublishFault

LONGEST_S = 60.0


@contextmanager
def connected(mail: Mail, password: str) -> Iterator[smtplib.SMTP]:
    """Connect, encrypt and log in.

    Args:
        mail: the policy's section.
        password: for the login.

    Raises:
        PublishFault: the server cannot be used, or the connection breaks.
    """
    where = f"the mail server {mail.smtp_host}:{mail.smtp_port}"
    try:
        context = ssl.create_default_context()
        if mail.smtp_security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(mail.smtp_host, mail.smtp_port, timeout=LONGEST_S, context=context)
        else:
            server = smtplib.SMTP(mail.smtp_host, mail.smtp_port, timeout=LONGEST_S)
        try:
            if mail.smtp_security == "starttls":
                server.starttls(context=context)
            server.ehlo_or_helo_if_needed()
            if mail.smtp_user:
                server.login(mail.smtp_user, password)
            yield server
        finally:
            with suppress(smtplib.SMTPException, OSError):
                server.quit()
    except smtplib.SMTPAuthenticationError as error:
        raise PublishFault(f"{where} refuses the login of {mail.smtp_user}; set ROTATION_SMTP_PASSWORD") from error
    except smtplib.SMTPNotSupportedError as error:
        raise PublishFault(f"{where} cannot do what smtp_security and smtp_user ask for: {error}") from error
    except (smtplib.SMTPException, ssl.SSLError, OSError) as error:
        raise PublishFault(f"{where} cannot be used: {error}; run the command again to send the rest") from error
