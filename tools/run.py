"""`portal.py run`: look before the start, prepare once, serve until Ctrl-C."""

import errno
import ipaddress
import os
import socket
import tempfile
from pathlib import Path

from tools import ROOT, envfile, environment, prepare, serve
from tools.stop import Stop

TRUE = ("true", "1", "yes", "on")


def run(*, port: int, address: str, demo: bool) -> int:
    """Serve this folder on `address`:`port` until told to end; look first, then work."""
    _ensure_writable(ROOT)
    _ensure_free(address, port)
    values = envfile.ensure(demo=demo)
    _ensure_same_kind(values, demo=demo)
    _ensure_private(values, address)
    python = environment.ensure()
    environ = _environ(values, address, port)
    data = envfile.data_dir(values)
    prepare.prepare(python, environ, data=data, demo=is_demo(values))
    server = serve.Server(python, environ, address, port, log=data / "server.log")
    return server.run(accounts=data / "demo-accounts.txt" if is_demo(values) else None)


def is_demo(values: dict[str, str]) -> bool:
    return values.get("DEMO", "false").lower() in TRUE


def _ensure_writable(folder: Path) -> None:
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError:
        raise Stop(
            f"Folder {folder} tidak dapat ditulisi; salin portal ke folder milik Anda sendiri "
            f"atau perbaiki izin folder itu."
        ) from None


def _ensure_free(address: str, port: int) -> None:
    if not 1 <= port <= 65535:
        raise Stop("Nomor port harus antara 1 dan 65535.")
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as problem:
            raise Stop(_why_not_bound(problem, address, port)) from None


def _why_not_bound(problem: OSError, address: str, port: int) -> str:
    if problem.errno == errno.EADDRINUSE:
        return (
            f"Port {port} sedang dipakai program lain; hentikan program itu atau pilih port lain: "
            f"python3 portal.py run --port {port + 10 if port < 65000 else 8010}"
        )
    if problem.errno == errno.EACCES:
        return f"Port {port} hanya boleh dibuka oleh administrator komputer; pilih port di atas 1023."
    return f"Alamat {address} bukan alamat komputer ini."


def _ensure_same_kind(values: dict[str, str], *, demo: bool) -> None:
    # The kind of a folder is decided once: real cases must never meet demonstration data.
    if is_demo(values) and not demo:
        raise Stop(
            "Folder ini sudah berisi data peragaan (DEMO=true di .env); untuk portal sungguhan pakai "
            "salinan baru dan jalankan di sana: python3 portal.py run --no-demo"
        )


def _ensure_private(values: dict[str, str], address: str) -> None:
    # Two slow clients stall a bare worker pool, so only a buffering proxy may face the network.
    if not _is_loopback(address) and int(values.get("TRUSTED_PROXY_COUNT", "0")) < 1:
        raise Stop(
            f"Alamat {address} terbuka bagi jaringan; pasang proksi penyangga (deploy/nginx) di depan portal "
            f"dan isi TRUSTED_PROXY_COUNT=1 di .env, atau pakai 127.0.0.1."
        )


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return address == "localhost"


def _environ(values: dict[str, str], address: str, port: int) -> dict[str, str]:
    """Return the environment of the portal's processes: paths made absolute, the site's address named."""
    shown = f"[{address}]" if ":" in address else address
    chosen = {
        "PORTAL_DATA_DIR": str(envfile.data_dir(values)),
        "PORTAL_KEYRING_FILE": str(envfile.keyring_file(values)),
        "SITE_URL": values.get("SITE_URL", f"http://{shown}:{port}"),
    }
    database = {"DATABASE_URL": values["DATABASE_URL"]} if values.get("DATABASE_URL") else {}
    return os.environ | chosen | database
