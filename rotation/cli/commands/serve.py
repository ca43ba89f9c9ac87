"""``rotation serve``: everybody's calendar under a secret address."""

from __future__ import annotations

import datetime as dt
import logging
import multiprocessing
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import click

from rotation.cli.storing import company_option, open_store, place_of, store_option


@click.command(
    "serve",
    epilog="""\b
Examples:
  rotation serve --store rotation.sqlite
  rotation serve --host 0.0.0.0 --port 8443 --tls-cert cert.pem --tls-key key.pem
""",
)
@company_option
@store_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65_535), default=8750, show_default=True, help="Port to listen on.")
@click.option("--tls-cert", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Certificate (PEM).")
@click.option("--tls-key", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Its key (PEM).")
def COMMAND(  # noqa: N802
    company: Path, store: str | None, host: str, port: int, tls_cert: Path | None, tls_key: Path | None
) -> None:
    """Serve the calendars of `rotation feed` until interrupted; releases and feeds made meanwhile show within seconds.

    Secret addresses need encryption on the way: give a certificate, or run it behind a proxy that has one.
    """
    # The web framework need not be loaded for --help of other commands.
    import uvicorn

    from rotation.web.app import application
    from rotation.web.attempts import Attempts
    from rotation.web.board import Board

    open_store(store, company).close()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    # Reading a release takes seconds of computing; in a process of its own it delays no answer.
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as executor:
        board = Board(place_of(store, company), lambda: dt.datetime.now(dt.UTC), executor)
        try:
            uvicorn.run(
                application(board, Attempts(time.monotonic)),
                host=host,
                port=port,
                access_log=False,
                log_level="warning",
                server_header=False,
                ssl_certfile=tls_cert,
                ssl_keyfile=tls_key,
            )
        finally:
            board.close()
