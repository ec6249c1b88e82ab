#!/usr/bin/python3
# proxy-worker.py - stands between the client and a worker, and changes what is said
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What cannot be made to happen in a test, or only with gigabytes, is put into a snapshot here.

PROXY_WORKER is the real worker. PROXY_RESULT_LIMIT is what the job is to say in the place of its
own, bytes. PROXY_PATCH is a JSON object: of each section of the snapshot, by its four letters, a
list of [offset in bytes, format of struct, value].
"""

import array
import fcntl
import json
import os
import select
import socket
import struct
import subprocess
import sys

START, DONE = 1, 104
RESULT_LIMIT_OFFSET = 40  # in the job
SNAPSHOT_OFFSET = 16 + 64 + 24  # in DONE
SEALS = 0x1 | 0x2 | 0x4 | 0x8  # SEAL, SHRINK, GROW, WRITE: linux/fcntl.h


def read_all(fd):
    return os.pread(fd, os.fstat(fd).st_size, 0)


def memfd(contents):
    fd = os.memfd_create("proxy", os.MFD_ALLOW_SEALING)
    with open(os.dup(fd), "wb") as file:
        file.write(contents)
    fcntl.fcntl(fd, fcntl.F_ADD_SEALS, SEALS)
    return fd


def change_job(_, fds):
    limit = os.environ.get("PROXY_RESULT_LIMIT")
    if limit:
        job = bytearray(read_all(fds[0]))
        struct.pack_into("<Q", job, RESULT_LIMIT_OFFSET, int(limit))
        fds[0] = memfd(job)


def change_snapshot(packet, fds):
    patches = json.loads(os.environ.get("PROXY_PATCH", "{}"))
    if not patches or not fds:
        return
    contents = bytearray(read_all(fds[0]))
    start, _ = struct.unpack_from("<QQ", packet, SNAPSHOT_OFFSET)
    header_size, n_sections = struct.unpack_from("<II", contents, start + 12)
    for i in range(n_sections):
        name, _, offset = struct.unpack_from("<4sIQ", contents, start + header_size + i * 32)
        for at, layout, value in patches.get(name.decode(), []):
            struct.pack_into(layout, contents, start + offset + at, value)
    fds[0] = memfd(contents)


def relay(source, target, kind, change):
    """Passes one message on. Returns: False at the end"""
    packet, fds, _, _ = socket.recv_fds(source, 256 * 1024, 4)
    if not packet:
        return False
    fds = list(fds)
    received = list(fds)
    if struct.unpack_from("<IIII", packet)[2] == kind:
        change(packet, fds)
    rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", fds))] if fds else []
    target.sendmsg([packet], rights)
    for fd in set(fds) | set(received):
        os.close(fd)
    return True


def main():
    worker = os.environ["PROXY_WORKER"]
    if sys.argv[1] != "--control":
        os.execv(worker, [worker, *sys.argv[1:]])

    client = socket.socket(fileno=int(sys.argv[2]))
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with subprocess.Popen([worker, "--control", str(theirs.fileno())],
                          pass_fds=[theirs.fileno()]) as process:
        theirs.close()
        is_open = True
        while is_open:
            for ready in select.select([client, ours], [], [])[0]:
                if ready is client:
                    if not relay(client, ours, START, change_job):
                        process.kill()
                        is_open = False
                elif not relay(ours, client, DONE, change_snapshot):
                    is_open = False
    return process.returncode


if __name__ == "__main__":
    sys.exit(main())
