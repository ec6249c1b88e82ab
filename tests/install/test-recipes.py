#!/usr/bin/env python3
# test-recipes.py - the recipes for packages
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The recipes can be read, name what is installed, and are all of this version."""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import unittest

ROOT = pathlib.Path(os.environ["HS_SOURCE_ROOT"])
PACKAGING = ROOT / "build-aux" / "packaging"
SYSTEM_PYTHON = "/usr/bin/python3"
GUARD = 60


def output_of(*command):
    return subprocess.run(command, check=True, timeout=GUARD,
                          stdout=subprocess.PIPE).stdout.decode()


class RecipesTest(unittest.TestCase):
    def test_versions(self):
        for name, pattern in (
                ("build-aux/packaging/debian/changelog", r"\Aheapscape \(([0-9.]+)\)"),
                ("build-aux/packaging/arch/PKGBUILD", r"^pkgver=([0-9.]+)$"),
                ("build-aux/packaging/fedora/heapscape.spec", r"^Version: +([0-9.]+)$"),
                ("resources/io.github.heapscape.Heapscape.metainfo.xml.in",
                 r'<release version="([0-9.]+)"'),
                ("resources/man/heapscape.1", r'"Heapscape ([0-9.]+)"'),
                ("resources/man/heapscape-cli.1", r'"Heapscape ([0-9.]+)"'),
                ("CHANGELOG.md", r"^## \[?([0-9.]+)")):
            found = re.search(pattern, (ROOT / name).read_text("utf-8"), re.M)
            self.assertIsNotNone(found, name)
            self.assertEqual(found.group(1), VERSION, name)

    def test_arch(self):
        path = PACKAGING / "arch" / "PKGBUILD"
        said = output_of("bash", "-euc", f'. "{path}"; echo "$pkgname $pkgver ${{#depends[@]}}"; '
                                         "declare -F build package")
        self.assertRegex(said, rf"^heapscape {VERSION} \d+\nbuild\npackage\n$")

    def test_fedora(self):
        path = PACKAGING / "fedora" / "heapscape.spec"
        if shutil.which("rpmspec") is None:
            self.skipTest("there is no rpmspec")
        self.assertIn(f"Version:        {VERSION}", output_of("rpmspec", "-P", str(path)))

    def test_flatpak(self):
        path = PACKAGING / "flatpak" / "io.github.heapscape.Heapscape.yml"
        script = ("import sys, yaml; recipe = yaml.safe_load(open(sys.argv[1])); "
                  "print(recipe['app-id'], recipe['command'], "
                  "[module['name'] for module in recipe['modules']][-1])")
        if subprocess.run([SYSTEM_PYTHON, "-c", "import yaml"], check=False,
                          stderr=subprocess.DEVNULL, timeout=GUARD).returncode != 0:
            self.skipTest("there is no yaml for Python")
        self.assertEqual(output_of(SYSTEM_PYTHON, "-c", script, str(path)),
                         "io.github.heapscape.Heapscape heapscape heapscape\n")

    def test_debian(self):
        """What meson looks for is among the packages that it is built with."""
        control = (PACKAGING / "debian" / "control").read_text("utf-8")
        prepare = (ROOT / "build-aux" / "prepare.sh").read_text("utf-8")
        wanted = re.search(r"debian_packages=\((.*?)\)", prepare, re.S).group(1).split()
        for name in wanted:
            if name.endswith("-dev") or name in ("meson", "gettext", "pkg-config"):
                self.assertRegex(control, rf"(?m)^ {re.escape(name)}[ ,]", name)
        for name in ("deb", "packaging/try-deb", "packaging/debian/rules"):
            self.assertTrue(os.access(ROOT / "build-aux" / name, os.X_OK), name)
            if not name.endswith("rules"):
                output_of("bash", "-n", str(ROOT / "build-aux" / name))


if __name__ == "__main__":
    VERSION = sys.argv.pop(1)
    unittest.main()
