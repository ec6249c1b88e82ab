#!/usr/bin/env python3
# find-pythons.py - lists the CPython libraries for which a worker can be built
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints one line for each usable CPython, fields separated by tabs:

minor, version, include folder, library folder, library name, executable, rpath

The rpath is empty where the dynamic linker looks by itself, the executable
where none belongs to the library. Usable is a release build with the GIL, a
shared library and its internal headers. Of one minor version the system's is
taken, else the one with the newest patch release. Arguments are the wanted
minor versions; one that is not there is an error. Of a version that is only
there in builds that cannot be used, standard error says why.
"""

import os
import re
import subprocess
import sys

MINORS = ("3.11", "3.12", "3.13")

# What configure appends to the names of folders and libraries (ABIFLAGS).
BUILDS = {"": None, "d": "a debug build", "t": "a free-threaded build",
          "td": "a free-threaded debug build"}


class Python:
    def __init__(self, minor, include, library_folder, is_system, build=""):
        self.minor = minor
        self.build = build
        self.include = include
        self.library_folder = library_folder
        self.is_system = is_system
        self.problem = None
        self.version = ""
        self.executable = ""

    @property
    def rank(self):
        return (self.is_system, [int(n) for n in re.findall(r"\d+", self.version)])

    def inspect(self):
        """Fills in what the files say; sets problem if the library is of no use."""
        header = read(os.path.join(self.include, "patchlevel.h"))
        match = re.search(r'#define\s+PY_VERSION\s+"([^"]+)"', header)
        if match is None:
            self.problem = f"no patchlevel.h in {self.include}"
            return
        self.version = match.group(1)

        if BUILDS[self.build]:
            self.problem = f"{self.version} in {self.library_folder} is {BUILDS[self.build]}"
        elif not re.match(re.escape(self.minor) + r"(\.|$)", self.version):
            self.problem = f"{self.include} belongs to Python {self.version}"
        elif not re.fullmatch(r"[0-9.]+", self.version):
            self.problem = f"{self.version} in {self.library_folder} is a pre-release"
        elif not os.path.exists(os.path.join(self.include, "internal", "pycore_frame.h")):
            self.problem = f"no internal headers in {self.include}"
        elif find_library(self.library_folder, self.minor) is None:
            self.problem = f"no shared libpython{self.minor} in {self.library_folder}"
        else:
            self.problem = self.find_build_problem()

        prefix = os.path.dirname(os.path.dirname(self.include))
        candidate = os.path.join(prefix, "bin", "python" + self.minor)
        if os.access(candidate, os.X_OK):
            self.executable = candidate

    def find_build_problem(self):
        config = read(os.path.join(self.include, "pyconfig.h"))
        # Debian's pyconfig.h only includes the one of the architecture.
        for name in re.findall(r"#\s*include\s+<([^>]*pyconfig\.h)>", config):
            config += read(os.path.join(os.path.dirname(self.include), name))

        for macro, what in (("Py_DEBUG", "a debug build"), ("Py_GIL_DISABLED",
                                                            "a free-threaded build"),
                            ("Py_TRACE_REFS", "a build with Py_TRACE_REFS")):
            if re.search(rf"^\s*#\s*define\s+{macro}\s+1", config, re.MULTILINE):
                return f"{self.version} in {self.library_folder} is {what}"

        return None

    def to_line(self):
        rpath = "" if self.is_system else self.library_folder
        return "\t".join((self.minor, self.version, self.include, self.library_folder,
                          "python" + self.minor, self.executable, rpath))


def read(path):
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:
        return ""


def find_library(folder, minor):
    path = os.path.join(folder, f"libpython{minor}.so")
    return path if os.path.exists(path) else None


def ask_pkg_config(minor):
    """The library that pkg-config knows, which is the system's."""
    package = f"python-{minor}-embed"
    program = os.environ.get("PKG_CONFIG", "pkg-config")
    values = []

    for variable in ("includedir", "libdir"):
        try:
            answer = subprocess.run([program, "--variable=" + variable, package], check=True,
                                    stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        except (OSError, subprocess.CalledProcessError):
            return None
        values.append(os.fsdecode(answer.stdout).strip())

    include, library_folder = values
    if os.path.basename(include) != "python" + minor:
        include = os.path.join(include, "python" + minor)

    return Python(minor, include, library_folder, library_folder.startswith(("/usr/lib", "/lib")))


def list_prefixes():
    pyenv_roots = [os.path.join(os.path.expanduser("~"), ".pyenv")]
    if os.environ.get("PYENV_ROOT"):
        pyenv_roots.insert(0, os.environ["PYENV_ROOT"])

    prefixes = []
    for folder in [os.path.join(root, "versions") for root in pyenv_roots] + ["/opt"]:
        try:
            prefixes += [os.path.join(folder, name) for name in sorted(os.listdir(folder))]
        except OSError:
            pass

    unique = dict.fromkeys(os.path.realpath(prefix) for prefix in ["/usr/local", "/opt"] + prefixes)
    return list(unique)


def find(minor, prefixes):
    """Returns the best usable Python of that minor version, or None; and what was refused."""
    candidates = []

    system = ask_pkg_config(minor)
    if system is not None:
        candidates.append(system)
    for prefix in prefixes:
        for build in BUILDS:
            include = os.path.join(prefix, "include", "python" + minor + build)
            if os.path.isdir(include):
                candidates.append(Python(minor, include, os.path.join(prefix, "lib"), False, build))

    for candidate in candidates:
        candidate.inspect()
    usable = [candidate for candidate in candidates if candidate.problem is None]
    refused = [candidate.problem for candidate in candidates if candidate.problem is not None]

    return max(usable, key=lambda python: python.rank, default=None), refused


def list_reasons(refused):
    return "".join(f"\n  {reason}" for reason in refused)


def main():
    wanted = sys.argv[1:]
    prefixes = list_prefixes()
    is_complete = True

    for minor in wanted or MINORS:
        if minor not in MINORS:
            sys.stderr.write(f"Python {minor} is not supported; there are workers for "
                             f"{', '.join(MINORS)}\n")
            return 1

        python, refused = find(minor, prefixes)
        if python is not None:
            print(python.to_line())
        elif wanted:
            is_complete = False
            sys.stderr.write(f"Python {minor} was asked for, but no usable libpython{minor} "
                             f"was found (python-{minor}-embed, pyenv, /usr/local, /opt)"
                             f"{list_reasons(refused)}\n")
        elif refused:
            sys.stderr.write(f"There will be no worker for Python {minor}; it needs a release "
                             f"build with the GIL, a shared library and internal headers"
                             f"{list_reasons(refused)}\n")

    return 0 if is_complete else 1


if __name__ == "__main__":
    sys.exit(main())
