"""A desktop of its own for one test: a display without a window manager, a
session bus, an accessibility bus, empty folders. It ends with its owner."""

# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later

import ctypes
import os
import pathlib
import shutil
import signal
import struct
import subprocess
import tempfile
import time
import zlib

from accessible import Bus

SCREEN = (1600, 1000)
TOOLS = ('Xvfb', 'dbus-daemon', 'xdotool', 'xprop', 'xclip')

# linux/prctl.h
PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36

_libc = ctypes.CDLL(None, use_errno=True)


def become_subreaper():
    """Orphans of what we start become our children: none can hide."""
    _libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _die_with_parent():
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)


def missing_tools():
    return [tool for tool in TOOLS if shutil.which(tool) is None]


def processes():
    """pid: (parent, state, command line) of every process."""
    found = {}
    for entry in os.listdir('/proc'):
        if not entry.isdigit():
            continue
        try:
            with open(f'/proc/{entry}/stat', encoding='utf-8', errors='replace') as file:
                stat = file.read()
            with open(f'/proc/{entry}/cmdline', encoding='utf-8', errors='replace') as file:
                command = file.read().replace('\0', ' ').strip()
        except OSError:
            continue
        name, rest = stat[stat.index('(') + 1:stat.rindex(')')], stat[stat.rindex(')') + 2:].split()
        found[int(entry)] = (int(rest[1]), rest[0], command or name)
    return found


def descendants(ancestor, without=()):
    """pid: command line of every living process below, without those of some trees."""
    table = processes()
    below = {}
    pending = [ancestor]
    while pending:
        parent = pending.pop()
        for pid, (its_parent, state, command) in table.items():
            if its_parent == parent and pid not in without:
                pending.append(pid)
                if state not in 'ZX':
                    below[pid] = command
    return below


class Desktop:
    """Use as a context; environment is what programs are started with."""

    def __init__(self, cache_folder, language='C', screen=SCREEN, scale=1):
        """screen: width and height in device pixels; scale: so many of them are one of the
        toolkit's."""
        self.language = language
        self.screen = screen
        self.scale = scale
        self.cache_folder = cache_folder
        self.folder = None
        self.environment = {}
        self.bus = None
        self._own = set()
        self._started = []

    def __enter__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix='hs-window-'))
        try:
            self._start()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def _start(self):
        environment = {name: value for name, value in os.environ.items()
                       if not name.startswith(('XDG_', 'GTK_', 'GDK_', 'GSK_', 'DBUS_', 'AT_SPI_',
                                               'ADW_', 'LC_', 'G_DEBUG'))}
        for name in ('WAYLAND_DISPLAY', 'NO_AT_BRIDGE', 'DESKTOP_SESSION', 'SESSION_MANAGER'):
            environment.pop(name, None)
        for name in ('home', 'config', 'data', 'state', 'runtime', 'tmp', 'screen'):
            (self.folder / name).mkdir(mode=0o700)
        for name in ('config', 'data', 'state'):
            environment[f'XDG_{name.upper()}_HOME'] = str(self.folder / name)
        environment |= {
            'HOME': str(self.folder / 'home'),
            'XDG_RUNTIME_DIR': str(self.folder / 'runtime'),
            # Shared by all tests: fonts are then looked through once.
            'XDG_CACHE_HOME': str(self.cache_folder),
            'TMPDIR': str(self.folder / 'tmp'),
            'LC_ALL': 'C.UTF-8',
            'LANGUAGE': self.language,
            'GDK_BACKEND': 'x11',
            'GSK_RENDERER': 'cairo',
            'GSETTINGS_BACKEND': 'memory',
            'GIO_USE_VFS': 'local',
            'ADW_DISABLE_PORTAL': '1',
        }
        if self.scale != 1:
            environment['GDK_SCALE'] = str(self.scale)

        _, display = self._start_telling(
            ['Xvfb', '-displayfd', '{fd}', '-screen', '0', f'{self.screen[0]}x{self.screen[1]}x24',
             '-nolisten', 'tcp', '-fbdir', str(self.folder / 'screen')], environment)
        environment['DISPLAY'] = f':{display}'
        _, address = self._start_telling(
            ['dbus-daemon', '--session', '--nofork', '--nopidfile', '--print-address={fd}'],
            environment)
        environment['DBUS_SESSION_BUS_ADDRESS'] = address
        self.environment = environment
        self.bus = Bus(address)
        self._own = set(descendants(os.getpid()))

    def _start_telling(self, command, environment):
        """Starts a server that writes where it listens to the descriptor {fd}."""
        read_end, write_end = os.pipe()
        with os.fdopen(read_end, encoding='utf-8') as answer:
            process = self.start([word.format(fd=write_end) for word in command],
                                 environment=environment, pass_fds=[write_end],
                                 stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            os.close(write_end)
            line = answer.readline().strip()
        if not line:
            raise RuntimeError(f'{command[0]} did not start')
        return process, line

    def start(self, command, environment=None, **options):
        """Starts a program that ends with this desktop."""
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL,
                                   env=environment or self.environment,
                                   preexec_fn=_die_with_parent, **options)
        self._started.append(process)
        return process

    def output_of(self, *command, check=True):
        return subprocess.run(command, env=self.environment, check=check, timeout=30,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout

    def leftovers(self):
        """What programs have running: pid: command line."""
        return descendants(os.getpid(), without=self._own)

    def __exit__(self, *_):
        if self.bus is not None:
            self.bus.close()
        for process in reversed(self._started):
            end_process(process)
        end_all(descendants(os.getpid()))
        shutil.rmtree(self.folder, ignore_errors=True)

    def screen_rows(self):
        """The screen as bytes of RGB, a line each, from the server's own frame buffer."""
        return xwd_rows(self.frame_buffer())

    def frame_buffer(self):
        """What the server shows, in a format of its own."""
        return (self.folder / 'screen' / 'Xvfb_screen0').read_bytes()

    def screenshot(self, path):
        write_png(path, *self.screen, self.screen_rows())


def end_process(process, seconds=5):
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def end_all(pids, seconds=5):
    """Ends processes that nobody waits for, and takes their exit codes."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        for pid in pids:
            try:
                os.kill(pid, number)
            except ProcessLookupError:
                pass
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                if os.waitpid(-1, os.WNOHANG)[0] == 0:
                    time.sleep(0.02)
            except ChildProcessError:
                return


def write_png(path, width, height, rows):
    """rows: bytes of 8-bit RGB, one for each line."""
    def chunk(kind, content):
        body = kind + content
        return struct.pack('>I', len(content)) + body + struct.pack('>I', zlib.crc32(body))
    image = zlib.compress(b''.join(b'\0' + row for row in rows), 3)
    pathlib.Path(path).write_bytes(
        b'\x89PNG\r\n\x1a\n' +
        chunk(b'IHDR', struct.pack('>IIBBBBB', width, height, 8, 2, 0, 0, 0)) +
        chunk(b'IDAT', image) + chunk(b'IEND', b''))


def xwd_rows(data):
    """XWDFile.h: a header of 25 big-endian words, colours, pixels of 32 bits."""
    header = struct.unpack('>25I', data[:100])
    header_size, width, height = header[0], header[4], header[5]
    is_little_endian, bits, stride, n_colors = header[7] == 0, header[11], header[12], header[19]
    if bits != 32 or not is_little_endian:
        raise RuntimeError('the frame buffer has another format')
    start = header_size + n_colors * 12
    rows = []
    for y in range(height):
        line = data[start + y * stride:start + y * stride + width * 4]
        row = bytearray(width * 3)
        row[0::3], row[1::3], row[2::3] = line[2::4], line[1::4], line[0::4]
        rows.append(bytes(row))
    return rows
