#!/usr/bin/python3
# fake-worker.py - plays a worker that breaks the protocol of hs-protocol.h
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""FAKE_WORKER says what goes wrong; the name of a function below."""

import array
import fcntl
import os
import signal
import socket
import struct
import sys
import time

MAGIC, VERSION = 0x314D5348, 4
STARTED, OUTPUT, PROGRESS, DONE = 101, 102, 103, 104
SEALS = 0x1 | 0x2 | 0x4 | 0x8  # SEAL, SHRINK, GROW, WRITE: linux/fcntl.h

OK = 0


def message(kind, payload=b"", magic=MAGIC, version=VERSION, size=None):
    size = len(payload) if size is None else size
    return struct.pack("=IIII", magic, version, kind, size) + payload


def done(status=OK, offset=0, size=0, texts=(b"", b"", b""), sizes=None, total=None,
         record=(0, 0), pickle=(0, 0), kept=0):
    sizes = [len(text) for text in texts] if sizes is None else sizes
    total = size if total is None else total
    return struct.pack("=IiiIIIQQQQQQQQQQQQQIIIIIIIIII", status, 0, 0, 0, 0, 0, 1, 1, 1 << 20, 0, 0,
                       total, *record, offset, size, 0, *pickle, kept, *sizes, 0, 0, 0,
                       0, 0, 0) + b"".join(texts)


def output(text, stream=1, size=None):
    return struct.pack("=II", stream, len(text) if size is None else size) + text


def memfd(contents, sealed=True):
    fd = os.memfd_create("result", os.MFD_ALLOW_SEALING)
    os.write(fd, contents)
    if sealed:
        fcntl.fcntl(fd, fcntl.F_ADD_SEALS, SEALS)
    return fd


class Worker:
    def __init__(self, control):
        self.control = control

    def send(self, packet, fds=()):
        rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", fds))] if fds else []
        self.control.sendmsg([packet], rights)

    # How it may end

    def dies(self):
        sys.exit("worker: no memory for the result")

    def dies_silently(self):
        sys.exit(3)

    def is_killed(self):
        os.kill(os.getpid(), signal.SIGKILL)

    def closes(self):
        self.control.close()
        time.sleep(100)

    def hangs(self):
        self.send(message(OUTPUT, output(b"here\n")))
        time.sleep(100)

    def hangs_after_done(self):
        self.send(message(DONE, done()))
        time.sleep(100)

    # What it may send

    def nothing(self):
        self.send(b"\0")

    def garbage(self):
        self.send(b"garbage" * 10)

    def wrong_magic(self):
        self.send(message(DONE, done(), magic=1))

    def wrong_version(self):
        self.send(message(DONE, done(), version=1))

    def wrong_size(self):
        self.send(message(DONE, done(), size=7))

    def unknown_kind(self):
        self.send(message(200))

    def wrong_direction(self):
        self.send(message(1))

    def large_packet(self):
        self.send(message(OUTPUT, output(b"x" * (128 * 1024))))

    def short_output(self):
        self.send(message(OUTPUT, b"\1\0"))

    def wrong_output_size(self):
        self.send(message(OUTPUT, output(b"abc", size=4)))

    def wrong_stream(self):
        self.send(message(OUTPUT, output(b"abc", stream=3)))

    def output_with_descriptor(self):
        self.send(message(OUTPUT, output(b"abc")), [memfd(b"")])

    def short_progress(self):
        self.send(message(PROGRESS, b"1234"))

    def short_done(self):
        self.send(message(DONE, done()[:50]))

    def wrong_status(self):
        self.send(message(DONE, done(status=99)))

    def wrong_kept(self):
        self.send(message(DONE, done(kept=99)))

    def pickle_beyond_the_end(self):
        self.send(message(DONE, done(size=64, pickle=((1 << 64) - 8, 16), kept=2)),
                  [memfd(b"x" * 64)])

    def texts_too_long(self):
        self.send(message(DONE, done(texts=(b"a", b"b", b"c"), sizes=(1, 1, 2))))

    def texts_overflow(self):
        self.send(message(DONE, done(texts=(b"a", b"b", b"c"), sizes=(0xFFFFFFFF, 3, 1))))

    # What it may hand over

    def unsealed(self):
        self.send(message(DONE, done(size=64)), [memfd(b"x" * 64, sealed=False)])

    def shorter(self):
        self.send(message(DONE, done(size=128)), [memfd(b"x" * 64)])

    def beyond_the_end(self):
        self.send(message(DONE, done(offset=1 << 20, size=64)), [memfd(b"x" * 64)])

    def range_overflows(self):
        self.send(message(DONE, done(offset=(1 << 64) - 64, size=128, total=64)),
                  [memfd(b"x" * 64)])

    def result_overflows(self):
        self.send(message(DONE, done(size=64, total=(1 << 64) - 1)), [memfd(b"x" * 64)])

    def record_beyond_the_end(self):
        self.send(message(DONE, done(size=64, record=(32, 64))), [memfd(b"x" * 64)])

    def record_overflows(self):
        self.send(message(DONE, done(size=64, record=((1 << 64) - 8, 16))), [memfd(b"x" * 64)])

    def record_of_garbage(self):
        self.send(message(DONE, done(size=1024, record=(0, 1024))), [memfd(b"x" * 1024)])

    def odd_offset(self):
        self.send(message(DONE, done(offset=3, size=32, total=64)), [memfd(b"x" * 64)])

    def no_descriptor(self):
        self.send(message(DONE, done(size=64)))

    def no_memfd(self):
        self.send(message(DONE, done(size=64)), [os.open("/dev/zero", os.O_RDONLY)])

    def many_descriptors(self):
        self.send(message(DONE, done(size=64)), [memfd(b"x" * 64) for _ in range(4)])

    def no_snapshot(self):
        self.send(message(DONE, done(size=64)), [memfd(b"x" * 64)])

    def too_much_output(self):
        for _ in range(10):
            self.send(message(OUTPUT, output(b"x" * 1000)))
        self.send(message(DONE, done()))


def main():
    if sys.argv[1] == "--describe":
        print('{"minor": "3.11", "version": "3.11.0"}')
        return

    worker = Worker(socket.socket(fileno=int(sys.argv[2])))
    worker.control.recvmsg(4096, 1024)
    worker.send(message(STARTED, struct.pack("=iI", os.getpid(), 0)))
    getattr(worker, os.environ["FAKE_WORKER"])()


main()
