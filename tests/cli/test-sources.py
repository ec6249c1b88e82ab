#!/usr/bin/env python3
# test-sources.py - files that are no source code, or strange source code
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever is given as FILE is run or refused with its name and a reason, soon."""

import errno
import os
import socket
import subprocess
import unittest

from heapscape_cli import CLI, GUARD, CliTestCase

MIB = 1 << 20


class SourcesTest(CliTestCase):
    def refused(self, path, *words):
        """What is said about @path, in one line."""
        code, out, err = self.cli("run", path)
        text = err.decode()
        self.assertNotEqual(code, 0, text)
        self.assertEqual(out, b"")
        self.assertEqual(text.count("\n"), 1, text)
        for word in words:
            self.assertIn(word, text)
        return text

    def prints(self, content, expected, name="code.py"):
        code, out, err = self.cli("run", self.write(content, name))
        self.assertEqual((code, out.split(b"\n")[0].strip()), (0, expected), err)

    def test_no_files(self):
        fifo, sock, loop = self.path("fifo.py"), self.path("sock.py"), self.path("loop.py")
        broken, gone = self.path("broken.py"), self.path("gone.py")
        os.mkfifo(fifo)
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(sock)
            self.refused(sock, "sock.py", "is a socket")
        os.symlink(loop, loop)
        os.symlink(gone, broken)
        self.refused(fifo, "fifo.py", "named pipe")
        self.refused(self.folder, self.folder, "is a folder")
        self.refused("/dev/zero", "/dev/zero", "is a device")
        self.refused("/dev/null", "/dev/null", "is a device")
        self.refused(loop, "loop.py", "leads back to itself")
        self.refused(broken, "broken.py", "There is no file")
        self.refused(gone, "gone.py", "There is no file")
        self.refused(os.path.join(self.write("1"), "x.py"), "There is no file")
        self.refused("nowhere://host/x.py", "nowhere://host/x.py")

    def test_large_files(self):
        large, grown = self.path("large.py"), self.path("grown.py")
        with open(large, "wb") as file:
            file.truncate(100 * MIB)
        self.refused(large, "large.py", "larger than 16 MiB")
        with open(grown, "wb") as file:
            file.write(b"#" * (16 * MIB + 1))
        self.refused(grown, "grown.py", "larger than 16 MiB")
        with open("/dev/zero", "rb") as zero:
            code, _, err = self.cli("run", "-", stdin=zero)
        self.assertEqual(code, 2)
        self.assertIn(b"larger than 16 MiB", err)

    def test_proc_files(self):
        """Some claim to be empty, some never end."""
        for path in ("/proc/self/mem", "/proc/self/maps", "/proc/cpuinfo"):
            code, _, err = self.cli("run", path)
            self.assertNotEqual(code, 0, path)
            self.assertTrue(err, path)

    def test_standard_input(self):
        for path in ("-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"):
            code, out, err = self.cli("run", path, text_in=b"print(6 * 7)\n")
            self.assertEqual((code, out.split(b"\n")[0]), (0, b"42"), err)
        with open(self.write("print(6 * 7)\n"), "rb") as file:
            code, out, err = self.cli("run", "/dev/stdin", stdin=file)
        self.assertEqual((code, out.split(b"\n")[0]), (0, b"42"), err)

    def test_what_the_code_reads(self):
        path = self.write("import sys\nprint(len(sys.stdin.read()))\n")
        code, out, err = self.cli("run", path, "--stdin", self.write("12345", "input.txt"))
        self.assertEqual((code, out.split(b"\n")[0]), (0, b"5"), err)

        for name in ("/dev/zero", self.path("gone.txt"), self.path("")):
            code, out, err = self.cli("run", path, "--stdin", name)
            self.assertEqual((code, out), (2, b""), err)
            self.assertIn(name.encode(), err)

    def test_a_slow_writer(self):
        """A pipe is read to its end, whenever that comes."""
        script = f'(printf "print(6"; sleep 0.3; printf " * 7)") | "{CLI}" run /dev/stdin'
        done = subprocess.run(["sh", "-c", script], stdout=subprocess.PIPE, timeout=GUARD,
                              env=self.environment, check=True)
        self.assertEqual(done.stdout.split(b"\n")[0], b"42")

    def test_unreadable(self):
        path = self.write("1", "secret.py")
        os.chmod(path, 0)
        if os.access(path, os.R_OK):
            self.skipTest("root reads everything")
        self.refused(path, "secret.py", "no permission")

    def test_line_ends(self):
        for end in (b"\n", b"\r\n", b"\r"):
            self.prints(end.join([b"x = 1", b"x += 1", b"print(x)"]), b"2")
        self.prints(b"x = 1\r\nx += 1\rx += 1\nprint(x)", b"3")
        self.prints(b"\xef\xbb\xbfprint(2)", b"2")

    def test_encodings(self):
        for encoding, text in (("latin-1", "é"), ("gb18030", "你好"), ("euc-jp", "日本"),
                               ("shift_jis", "日本"), ("cp1252", "€"), ("utf-8", "é你")):
            content = f'# coding: {encoding}\nprint(ascii("{text}"))\n'.encode(encoding)
            self.prints(content, ascii(text).encode())

    def test_bad_encodings(self):
        """Python says the rest: that the code does not run is its result."""
        for content in (b"# coding: nonsense\nprint(1)\n", b"# coding: ascii\nx = '\xe9'\n",
                        b"x = '\xe9'\n", b"x = 1\0\n", "print(1)\n".encode("utf-16"),
                        b"# coding: utf-16\nprint(1)\n", b"\xef\xbb\xbf# coding: latin-1\n1\n"):
            code, _, err = self.cli("run", self.write(content))
            self.assertEqual(code, 1, content)
            self.assertIn(b"SyntaxError", err, content)

    def test_long_lines(self):
        self.prints(b"x = '" + b"a" * (10 * MIB) + b"'\nprint(len(x))", b"%d" % (10 * MIB))
        self.prints(b"#\n" * 1000000 + b"print(1)", b"1")

    def test_names(self):
        """Shown so that they neither break the line nor turn it round."""
        for name, shown in ((b"a\nb.py", "a\\u000ab.py"), (b"\xff.py", "\ufffd.py"),
                            ("\u202egpj.py".encode(), "\\u202egpj.py"), (b"-x.py", "-x.py")):
            path = os.path.join(self.folder.encode(), name)
            self.refused(path, shown)
            with open(path, "wb") as file:
                file.write(b"print(1)")
            code, out, err = self.cli("run", path)
            self.assertEqual((code, out.split(b"\n")[0]), (0, b"1"), err)

    def test_full_disk(self):
        """Output that is lost is no success."""
        path = self.write("print(1)")
        for arguments in (["run", path], ["run", path, "--json", "-"], ["examples"]):
            with open("/dev/full", "wb") as full:
                done = subprocess.run([CLI, *arguments], env=self.environment, stdout=full,
                                      stderr=subprocess.PIPE, timeout=GUARD, check=False)
            self.assertEqual(done.returncode, 1, done.stderr)
            self.assertTrue(any(os.strerror(number).encode() in done.stderr
                                for number in (errno.ENOSPC, errno.EIO)), done.stderr)

    def test_leading_dash(self):
        self.write("print(1)", "-x.py")
        done = subprocess.run([CLI, "run", "--", "-x.py"], cwd=self.folder, env=self.environment,
                              stdout=subprocess.PIPE, timeout=GUARD, check=False)
        self.assertEqual((done.returncode, done.stdout.split(b"\n")[0]), (0, b"1"))


if __name__ == "__main__":
    unittest.main()
