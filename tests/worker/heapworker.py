# heapworker.py - plays the client of a worker
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""hs-protocol.h, implemented a second time from the header alone."""

import array
import fcntl
import glob
import mmap
import os
import socket
import struct
import subprocess
import tempfile
import time

from heaprecord import Record
from heapsnapshot import Snapshot

MAGIC = 0x314D5348
VERSION = 4
START, STOP = 1, 2
JOB_STDIN, JOB_LEDGER, JOB_LEDGER_LINES, JOB_ALL_OBJECTS, JOB_RECORD, JOB_PAGES = 1, 2, 4, 8, 16, 32
JOB_RESULT, JOB_NO_SNAPSHOT = 64, 128
MARK_BEFORE, MARK_AFTER = 0, 1
STARTED, OUTPUT, PROGRESS, DONE = 101, 102, 103, 104
STATUSES = ("ok", "exception", "exit", "timeout", "memory-limit", "output-limit", "crashed",
            "cancelled", "syntax-error", "failed", "disk-limit")
PROTECT_FILES, PROTECT_CALLS = 1, 2
ALLOW_NETWORK, ALLOW_PROCESSES = 1, 2
REFUSALS = ("nothing", "write", "read", "network", "process", "call")
KEPTS = ("not-asked", "not-set", "pickle", "too-large", "failed")
HUNG_AT_EXIT, KILLED, OS_EXIT = 1, 2, 4
MIB = 1 << 20

F_GET_SEALS = 1034
ALL_SEALS = 1 | 2 | 4 | 8  # SEAL, SHRINK, GROW, WRITE


def list_workers():
    folder = os.environ.get("HEAPSCAPE_WORKERS", "build/core/worker")
    return sorted(path for path in glob.glob(os.path.join(folder, "heapscape-worker-*"))
                  if os.path.isfile(path) and os.access(path, os.X_OK))


class Job:
    """Everything that can be asked of a worker, with the defaults of these tests."""

    def __init__(self, source, *, timeout=20.0, memory_limit=0, output_limit=1 << 20,
                 result_limit=4096 * MIB, file_name=None, executable=None, working_folder=None,
                 args=(), stdin=None, ledger=False, ledger_lines=False, all_objects=False,
                 record=False, pages=False, marks=(), result=False, no_snapshot=False,
                 protect=PROTECT_FILES | PROTECT_CALLS, allow=0, folders=(), scratch_limit=0):
        """@marks: (first line, last line, MARK_…, name or None, most snapshots)"""
        self.source = source if isinstance(source, bytes) else source.encode()
        self.timeout = timeout
        self.memory_limit = memory_limit
        self.output_limit = output_limit
        self.result_limit = result_limit
        self.file_name = file_name
        self.executable = executable
        self.working_folder = working_folder
        self.args = args
        self.stdin = stdin
        self.flags = ((JOB_STDIN if stdin is not None else 0) |
                      (JOB_LEDGER if ledger or ledger_lines else 0) |
                      (JOB_LEDGER_LINES if ledger_lines else 0) |
                      (JOB_ALL_OBJECTS if all_objects else 0) |
                      (JOB_RECORD if record or marks or pages else 0) |
                      (JOB_PAGES if pages else 0) |
                      (JOB_RESULT if result else 0) |
                      (JOB_NO_SNAPSHOT if no_snapshot else 0))
        self.marks = marks
        self.protect = protect
        self.allow = allow
        self.folders = folders
        self.scratch_limit = scratch_limit

    def to_bytes(self, scratch_folder):
        head_size = 120
        texts = bytearray()

        def add(text):
            offset = head_size + len(texts)
            texts.extend(os.fsencode(text) + b"\0")
            return offset

        file_name = add(self.file_name or os.path.join(scratch_folder, "code.py"))
        executable = add(self.executable) if self.executable else 0
        working_folder = add(self.working_folder or scratch_folder)
        scratch = add(scratch_folder)
        first_arg = 0
        for i, arg in enumerate(self.args):
            offset = add(arg)
            first_arg = first_arg or offset
        first_folder = 0
        for folder in self.folders:
            offset = add(os.path.realpath(folder))
            first_folder = first_folder or offset
        marks = b"".join(
            struct.pack("<IIIIII", first, last, when, add(name) if name else 0, most, 0)
            for first, last, when, name, most in self.marks)
        texts.extend(b"\0" * (-len(texts) % 8))
        marks_at = head_size + len(texts)
        texts.extend(marks)
        source = head_size + len(texts)
        head = struct.pack("<IIII QQQQ QQ IIIII I Q IIII Q", MAGIC, VERSION, self.flags,
                           len(self.args), int(self.timeout * 1000), self.memory_limit,
                           self.output_limit, self.result_limit, source, len(self.source),
                           file_name, executable, working_folder, scratch, first_arg,
                           len(self.marks), marks_at, self.protect, self.allow,
                           len(self.folders), first_folder, self.scratch_limit)
        assert len(head) == head_size
        return head + bytes(texts) + self.source


class Result:
    """What came back."""

    def __init__(self):
        self.status = None
        self.stdout = bytearray()
        self.stderr = bytearray()
        self.progress = []
        self.snapshot = None
        self.pickle = None
        self.record = None
        self.snapshots = []  # by moment of the record; None where there is none
        self.elapsed = 0.0
        self.closed_early = False

    def __str__(self):
        return (f"{self.status} flags={getattr(self, 'flags', None)} stdout={self.stdout[-300:]!r} "
                f"stderr={self.stderr[-1500:]!r} message={getattr(self, 'message', None)!r}")


class Worker:
    """One worker process with one job."""

    def __init__(self, path, job, env=None):
        self.job = job
        self.scratch = tempfile.TemporaryDirectory(prefix="heapscape-test-",
                                                   ignore_cleanup_errors=True)
        self.began = time.monotonic()
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        environment = dict(os.environ) if env is None else env
        # Real interpreters are not measured with a patched allocator.
        environment.pop("MALLOC_PERTURB_", None)
        self.process = subprocess.Popen([path, "--control", str(theirs.fileno())],
                                        pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL,
                                        env=environment)
        theirs.close()
        self.socket = ours
        self.pid = None
        self.result = Result()

        fds = [os.memfd_create("job", os.MFD_ALLOW_SEALING)]
        os.write(fds[0], job.to_bytes(self.scratch.name))
        if job.stdin is not None:
            read_end, write_end = os.pipe()
            fds.append(read_end)
            fcntl.fcntl(write_end, 1031, 1 << 20)
            os.write(write_end, job.stdin)
            os.close(write_end)
        self.send(START, fds)
        for fd in fds:
            os.close(fd)

    def send(self, kind, fds=()):
        message = struct.pack("<IIII", MAGIC, VERSION, kind, 0)
        ancillary = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", fds))] if fds else []
        self.socket.sendmsg([message], ancillary)

    def stop(self):
        self.send(STOP)

    def receive(self, timeout=120):
        """Takes one message. Returns its kind, or None at the end of the socket."""
        self.socket.settimeout(timeout)
        packet, ancillary, _, _ = self.socket.recvmsg(256 * 1024, socket.CMSG_SPACE(16))
        if not packet:
            return None
        magic, version, kind, size = struct.unpack_from("<IIII", packet)
        payload = packet[16:]
        assert (magic, version, size) == (MAGIC, VERSION, len(payload)), (magic, version, size)

        if kind == STARTED:
            self.pid, self.result.python_hex = struct.unpack("<iI", payload)
        elif kind == OUTPUT:
            stream, n = struct.unpack_from("<II", payload)
            assert n == len(payload) - 8
            if stream == 1:
                self.result.stdout += payload[8:]
            else:
                self.result.stderr += payload[8:]
        elif kind == PROGRESS:
            self.result.progress.append(struct.unpack("<QQQQ", payload))
        elif kind == DONE:
            self.take_done(payload, ancillary)
        return kind

    def take_done(self, payload, ancillary):
        result = self.result
        fields = struct.unpack_from("<IiiIII QQQQQ Q QQ QQ Q QQ I IIIIIII II", payload)
        result.status = STATUSES[fields[0]]
        (result.exit_code, result.signal, result.flags, result.line, result.column) = fields[1:6]
        (result.wall_ns, result.cpu_ns, result.rss_peak, result.stdout_bytes,
         result.stderr_bytes) = fields[6:11]
        total, record_offset, record_size, offset, size = fields[11:16]
        result.rss_base, pickle_offset, pickle_size, kept = fields[16:20]
        result.kept = KEPTS[kept]
        texts = payload[168:]
        parts = []
        result.refused = REFUSALS[fields[27]]
        for length in fields[20:27]:
            parts.append(texts[:length].decode(errors="replace"))
            texts = texts[length:]
        (result.type, result.message, result.traceback, result.kept_type, result.kept_preview,
         result.kept_problem, result.refused_file) = parts
        assert not texts

        if total == 0:
            assert not ancillary
        else:
            self.take_result(ancillary, total, (record_offset, record_size), (offset, size),
                             (pickle_offset, pickle_size))

    def take_result(self, ancillary, total, record, snapshot, pickle):
        """What was handed over; each place is an offset and a size."""
        result = self.result
        fd = array.array("i", ancillary[0][2])[0]
        assert fcntl.fcntl(fd, F_GET_SEALS) & ALL_SEALS == ALL_SEALS, "the result is not sealed"
        with open(fd, "rb") as file, mmap.mmap(fd, total, prot=mmap.PROT_READ) as view:
            assert os.fstat(file.fileno()).st_size == total
            result.pickle = bytes(view[pickle[0]:sum(pickle)])
            if snapshot[1] != 0:
                result.snapshot = Snapshot(view, *snapshot)
            if record[1] != 0:
                result.record = Record(view, *record)
                result.snapshots = [
                    Snapshot(view, moment.snapshot_offset, moment.snapshot_size)
                    if moment.snapshot_size != 0 else None for moment in result.record.moments]

    def finish(self):
        """Reads to the end. Returns the Result."""
        while self.result.status is None:
            if self.receive() is None:
                self.result.closed_early = True
                break
        self.result.elapsed = time.monotonic() - self.began
        self.result.worker_exit = self.process.wait(timeout=30)
        self.result.stdout = bytes(self.result.stdout)
        self.result.stderr = bytes(self.result.stderr)
        self.result.scratch = self.scratch.name
        self.socket.close()
        self.remove_scratch()
        return self.result

    def remove_scratch(self):
        self.scratch.cleanup()


def run(path, source, **options):
    return Worker(path, Job(source, **options)).finish()
