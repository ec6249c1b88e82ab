#!/usr/bin/env python3
# test-words.py - the man pages and completions know what the programs know
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every command and option of `--help` is in the man page and in all completions, and no other."""

import os
import re
import shutil
import subprocess
import sys
import unittest

ROOT = os.environ["HS_SOURCE_ROOT"]
CLI = os.environ["HEAPSCAPE_CLI"]
GUARD = 60


def read(*path):
    with open(os.path.join(ROOT, "resources", *path), encoding="utf-8") as file:
        return file.read()


def help_of(*args):
    return subprocess.run([CLI, *args, "--help"], check=True, timeout=GUARD,
                          stdout=subprocess.PIPE).stdout.decode()


COMMANDS = re.findall(r"^  ([a-z]+)(?: |$)", help_of().partition("Commands:")[2], re.M)
OPTIONS = {command: set(re.findall(r"^  --([a-z-]+)", help_of(command), re.M))
           for command in COMMANDS}


class WordsTest(unittest.TestCase):
    def test_there_are_some(self):
        self.assertGreater(len(COMMANDS), 4)
        self.assertIn("export", OPTIONS["run"])

    def test_man_page(self):
        page = read("man", "heapscape-cli.1").replace("\\-", "-")
        sections = dict(re.findall(r"^\.SS ([a-z]+)\n(.*?)(?=^\.S[SH] )", page, re.M | re.S))
        self.assertEqual(sorted(sections), sorted(COMMANDS))
        known = {"help", "version"}.union(*OPTIONS.values())
        self.assertEqual(set(re.findall(r"--([a-z][a-z-]*)", page)) - known, set())
        for command in ("run", "diff", "pythons", "examples", "inspect"):
            for option in OPTIONS[command]:
                self.assertIn(f"--{option}", sections[command])

    def test_bash(self):
        text = read("completions", "heapscape-cli.bash")
        known = {"help", "version"}.union(*OPTIONS.values())
        self.assertEqual(set(re.findall(r"--([a-z][a-z-]*)", text)), known)
        if shutil.which("bash") is None:
            self.skipTest("there is no bash")
        # What it offers for each command, without the helpers of bash-completion.
        for command in COMMANDS:
            script = (f"_init_completion () {{ words=({CLI} {command} --); cword=2; cur=--; "
                      f"prev={command}; split=false; }}\n{text}\n"
                      "compopt () { :; }\n_heapscape_cli; printf '%s\\n' \"${COMPREPLY[@]}\"")
            offered = subprocess.run(["bash", "-c", script], check=True, timeout=GUARD,
                                     stdout=subprocess.PIPE).stdout.decode().split()
            self.assertEqual({word.strip("-=") for word in offered}, OPTIONS[command] | {"help"},
                             command)

    def test_zsh(self):
        text = read("completions", "_heapscape-cli")
        known = {"help", "version"}.union(*OPTIONS.values())
        self.assertEqual(set(re.findall(r"'(?:\([^)]*\))?\*?--([a-z-]+)", text)), known)
        self.check_syntax("zsh", "_heapscape-cli", "_heapscape")

    def test_fish(self):
        text = read("completions", "heapscape-cli.fish")
        for command in COMMANDS:
            offered = {option for commands, option in re.findall(
                r"__fish_seen_subcommand_from ([a-z ]+)' -l ([a-z-]+)", text)
                if command in commands.split()}
            self.assertEqual(offered, OPTIONS[command], command)
        self.check_syntax("fish", "heapscape-cli.fish", "heapscape.fish")

    def check_syntax(self, shell, *names):
        if shutil.which(shell) is None:
            self.skipTest(f"there is no {shell}")
        for name in names:
            subprocess.run([shell, "-n", os.path.join(ROOT, "resources", "completions", name)],
                           check=True, timeout=GUARD)

    def test_man_has_no_warnings(self):
        if shutil.which("man") is None or shutil.which("groff") is None:
            self.skipTest("there is no man or no groff")
        for name in ("heapscape.1", "heapscape-cli.1"):
            said = subprocess.run(
                ["man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z",
                 os.path.join(ROOT, "resources", "man", name)],
                env=dict(os.environ, MANROFFSEQ="", MANWIDTH="80", LC_ALL="C.UTF-8"), check=True,
                timeout=GUARD, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
            self.assertEqual(said.stderr, b"")


if __name__ == "__main__":
    sys.exit(unittest.main())
