"""The suite's promise that nothing reaches for the network is itself tested."""

from __future__ import annotations

import socket
import subprocess

import pytest

from tests.network_guard.sitecustomize import NetworkForbiddenError, is_local


def test_a_connection_to_another_machine_is_refused() -> None:
    with (
        socket.socket(socket.AF_INET, socket.SOCK_STREAM) as sock,
        pytest.raises(NetworkForbiddenError, match=r"192\.0\.2\.1"),
    ):
        sock.connect(("192.0.2.1", 80))


def test_a_datagram_to_another_machine_is_refused() -> None:
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock,
        pytest.raises(NetworkForbiddenError),
    ):
        sock.sendto(b"x", ("192.0.2.1", 53))


def test_a_name_is_not_looked_up() -> None:
    with pytest.raises(NetworkForbiddenError, match="example"):
        socket.getaddrinfo("example.org", 80)


def test_a_child_process_is_guarded_as_well(python: str) -> None:
    code = "import socket; socket.create_connection(('192.0.2.1', 80), 1)"
    done = subprocess.run([python, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "tests use no network" in done.stderr


def test_loopback_and_unix_sockets_are_open() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with socket.create_connection(("localhost", port), 5):
            pass
    left, right = socket.socketpair(socket.AF_UNIX)
    with left, right:
        left.sendall(b"x")
        assert right.recv(1) == b"x"


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.0.1", "::1", "localhost", b"localhost", None])
def test_this_machine_is_local(host: object) -> None:
    assert is_local(host)


@pytest.mark.parametrize("host", ["10.0.0.1", "localhost.example.org", "::ffff:8.8.8.8", "0x7f.1"])
def test_other_machines_are_not_local(host: object) -> None:
    assert not is_local(host)
