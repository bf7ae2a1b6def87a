"""Starting the server: opens what is asked about, takes a port, and answers until it is stopped."""

from __future__ import annotations

import errno
import signal
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

from nemcon.server.ahead import Ahead
from nemcon.server.desk import Desk

if TYPE_CHECKING:
    from nemcon.server.writing import Writing

LOCAL = ("127.0.0.1", "localhost", "::1")
THREADS = 4


class StartError(Exception):
    """The server cannot start; the message says why, and what to do."""


@dataclass
class Server:
    """A server that holds its port; `run` answers until Ctrl-C or SIGTERM."""

    address: str
    port: int
    _inner: Any
    _ahead: Ahead

    def run(self) -> None:
        """Answer until stopped."""
        signal.signal(signal.SIGTERM, _stop)
        try:
            self._inner.run()
        finally:
            self._ahead.close()

    def close(self) -> None:
        """Give the port back."""
        self._inner.close()
        self._ahead.close()


def _stop(*_: object) -> None:
    raise KeyboardInterrupt


def start(
    names: Sequence[str],
    host: str,
    port: int,
    *,
    body: str = "",
    also: Sequence[str] = (),
    review: bool = False,
    by: str = "",
    progress: Callable[[str], None] = lambda _: None,
) -> Server:
    """Open `names` and take the port (0: a free one). `also` are more names of this machine.

    Raises `StartError` where the port cannot be had, and what opening raises.
    """
    desk = Desk(names, body=body)
    if review and (also or not is_local(host)):
        raise StartError(
            "--review writes, so it is only for this machine: leave --host and --name out"
        )
    progress("opening what is asked about")
    live = desk.opened().live
    desk.tables.check()
    writing = _writing(names, by, live=live) if review else None
    taken = _socket(host, port)
    progress("starting")
    from nemcon.server.settings import LARGEST

    ahead = Ahead()
    application = app(desk, hosts_of(host, also), ahead, writing)

    import waitress  # type: ignore[import-untyped]

    inner = waitress.create_server(
        application,
        sockets=[taken],
        threads=THREADS,
        ident="",
        clear_untrusted_proxy_headers=True,
        max_request_body_size=LARGEST,
    )
    number = taken.getsockname()[1]
    shown = (_outward() or "localhost") if is_open(host) else _in_address(host)
    address = f"http://{shown}:{number}/"
    if writing is not None:
        address = f"{address}review/?key={writing.key}"
    return Server(address, number, inner, ahead)


def _writing(names: Sequence[str], by: str, *, live: bool) -> Writing:
    from nemcon.server.writing import Writing

    if not live or len(names) != 1:
        raise StartError(
            "--review decides on the proposals of one record: give the record alone "
            "('nemcon add FILE... --record FILE' makes one)"
        )
    return Writing(names[0], by)


def app(
    desk: Desk,
    hosts: Sequence[str],
    ahead: Ahead | None = None,
    writing: Writing | None = None,
) -> Any:
    """The WSGI application that answers about a desk to those who call it by one of `hosts`."""
    from nemcon.server.settings import configure

    configure(desk, hosts, ahead, writing)

    from django.core.wsgi import get_wsgi_application

    return get_wsgi_application()


def hosts_of(host: str, also: Sequence[str] = ()) -> list[str]:
    """The names under which the server answers: others are refused, so that no page elsewhere can
    reach it under a name of its own (DNS rebinding).
    """
    names = ["localhost", "127.0.0.1", "[::1]", *also]
    if is_open(host):
        names += [socket.gethostname(), _outward()]
    else:
        names.append(_in_address(host))
    return list(dict.fromkeys(name for name in names if name))


def is_local(host: str) -> bool:
    """Whether only this machine can reach it."""
    try:
        return host in LOCAL or ip_address(host).is_loopback
    except ValueError:
        return False


def is_open(host: str) -> bool:
    """Whether it is every address of this machine."""
    try:
        return not host or ip_address(host).is_unspecified
    except ValueError:
        return False


def _outward() -> str:
    """The address that others see, as far as the machine knows; asks nobody."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # a documentation address; nothing is sent
            return str(probe.getsockname()[0])
        except OSError:
            return ""


def _in_address(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _socket(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OverflowError as error:
        raise StartError(f"--port {port}: a port is a number from 0 to 65535") from error
    except OSError as error:
        raise StartError(_no_port(host, port, error)) from error


def _no_port(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"port {port} is in use, perhaps by another 'nemcon serve'; stop that one, "
            f"or choose: --port {port + 1}, or --port 0 for a free one"
        )
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"port {port} may not be used without more rights; choose one from 1024 on"
    if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        return f"--host {host}: this machine has no such address; leave --host out"
    return f"{host}:{port} cannot be used ({error.strerror or error})"
