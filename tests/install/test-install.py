#!/usr/bin/env python3
# test-install.py - what "meson install" puts where
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything that a desktop looks for is installed, and the programs work from there."""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

GUARD = 300
APP_ID = "io.github.heapscape.Heapscape"

# Below the prefix; the GUI's only where it is built.
COMMON = """
bin/heapscape-cli
share/man/man1/heapscape-cli.1
share/bash-completion/completions/heapscape-cli
share/zsh/site-functions/_heapscape-cli
share/fish/vendor_completions.d/heapscape-cli.fish
share/locale/zh_CN/LC_MESSAGES/heapscape.mo
""".split()

WINDOW = f"""
bin/heapscape
share/applications/{APP_ID}.desktop
share/metainfo/{APP_ID}.metainfo.xml
share/glib-2.0/schemas/{APP_ID}.gschema.xml
share/mime/packages/{APP_ID}.xml
share/icons/hicolor/scalable/apps/{APP_ID}.svg
share/icons/hicolor/symbolic/apps/{APP_ID}-symbolic.svg
share/icons/hicolor/scalable/mimetypes/application-x-heapscape.svg
share/icons/hicolor/symbolic/mimetypes/application-x-heapscape-symbolic.svg
share/man/man1/heapscape.1
share/bash-completion/completions/heapscape
share/zsh/site-functions/_heapscape
share/fish/vendor_completions.d/heapscape.fish
share/help/C/heapscape/index.page
share/help/zh_CN/heapscape/index.page
""".split()


class InstallTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="hs-install-test-"))
        environment = dict(os.environ, DESTDIR=str(cls.folder))
        subprocess.run([*MESON, "install", "-C", BUILD, "--no-rebuild", "--quiet"],
                       env=environment, check=True, timeout=GUARD, stdout=subprocess.DEVNULL)
        cls.prefix = cls.folder / PREFIX.lstrip("/")
        cls.files = {str(path.relative_to(cls.prefix)) for path in cls.folder.rglob("*")
                     if not path.is_dir()}

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    def environment(self):
        return dict(os.environ, HEAPSCAPE_WORKERS=str(self.prefix / "libexec" / "heapscape"))

    def test_files(self):
        for name in COMMON + (WINDOW if HAS_WINDOW else []):
            self.assertIn(name, self.files)
        workers = [name for name in self.files if name.startswith("libexec/heapscape/")]
        self.assertTrue(workers)
        for name in workers:
            self.assertRegex(name, r"/heapscape-worker-3\.1[123]$")

    def test_nothing_else(self):
        """No test, no static library, no file of a build."""
        for name in self.files:
            self.assertRegex(name, r"^(bin|libexec/heapscape|share)/")
            self.assertNotRegex(name, r"test|\.a$|\.o$|__pycache__")

    def test_programs(self):
        cli = self.prefix / "bin" / "heapscape-cli"
        run = subprocess.run([cli, "run", "-", "--json", "-"], input=b"a = [1]\n", check=True,
                             env=self.environment(), timeout=GUARD, stdout=subprocess.PIPE)
        self.assertIn(b'"status": "ok"', run.stdout)
        for name in ["heapscape-cli", *(["heapscape"] if HAS_WINDOW else [])]:
            said = subprocess.run([self.prefix / "bin" / name, "--version"], check=True,
                                  env=self.environment(), timeout=GUARD, stdout=subprocess.PIPE)
            self.assertEqual(said.stdout.decode(), f"{name} {VERSION}\n")

    def test_the_command_line_needs_no_window(self):
        found = subprocess.run(["ldd", self.prefix / "bin" / "heapscape-cli"], check=True,
                               timeout=GUARD, stdout=subprocess.PIPE).stdout.decode()
        self.assertIn("libcairo", found)
        for name in ("libgtk", "libadwaita", "libgtksource", "libpython"):
            self.assertNotIn(name, found)


if __name__ == "__main__":
    BUILD, PREFIX, VERSION, has_window, *MESON = sys.argv[1:]
    HAS_WINDOW = has_window == "true"
    unittest.main(argv=sys.argv[:1])
