# attacks_calls.py - what code must not be able to do, call by call
#
# Copyright 2026 The Heapscape authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each line of a group is one attack: an expression that must not succeed.

A program is HEAD and a call of attempt() for each; see test-attacks.py. What succeeds, or gives
something else than an error of the system, prints a line that begins with ALLOWED.
"""

HEAD = r'''
import ctypes, errno, fcntl, mmap, os, resource, signal, socket, struct, sys
(SUPERVISOR, CLIENT, VICTIM, HOME, SECRET, UNIX, ABSTRACT, TCP, UDP) = sys.argv[1:]
SUPERVISOR, CLIENT, VICTIM, TCP, UDP = map(int, (SUPERVISOR, CLIENT, VICTIM, TCP, UDP))
SUPERVISOR = os.getppid()
libc = ctypes.CDLL(None, use_errno=True)
n = 0


def raw(number, *args):
    """A system call past the C library; what is refused raises OSError."""
    ctypes.set_errno(0)
    result = libc.syscall(ctypes.c_long(number), *[
        ctypes.c_void_p(a) if isinstance(a, int) else a for a in args])
    if result == -1:
        raise OSError(ctypes.get_errno(), "refused")
    return result


def attempt(name, function):
    global n
    n += 1
    try:
        result = function()
    except (OSError, ValueError) as error:
        print("refused", name, getattr(error, "errno", None))
    except BaseException as error:
        print("ALLOWED", name, type(error), error, flush=True)
    else:
        print("ALLOWED", name, repr(result)[:80], flush=True)


def read(path, mode="rb"):
    with open(path, mode) as file:
        return file.read(100)


def write(path, mode="wb"):
    with open(path, mode) as file:
        file.write(b"attacked")


def reopen(path):
    fd = os.open(path, os.O_RDONLY)
    return os.open(f"/proc/self/fd/{fd}", os.O_WRONLY)


def by_path_only(path):
    fd = os.open(path, os.O_PATH)
    return os.open(f"/dev/fd/{fd}", os.O_WRONLY)


def by_link(make):
    make(SECRET, "link")
    with open("link", "r+b") as file:
        file.write(b"attacked")


def map_writable(path):
    with open(path, "rb") as file:
        view = mmap.mmap(file.fileno(), 0, mmap.MAP_SHARED, mmap.PROT_READ | mmap.PROT_WRITE)
        view[0] = 0


def connect(family, kind, address, protocol=0):
    with socket.socket(family, kind, protocol) as s:
        s.settimeout(1)
        s.connect(address)
        s.send(b"attacked")


def clone(flags, *args):
    result = raw(56, flags, *args)
    if result == 0:
        os._exit(0)
    return result


def fork(function):
    pid = function()
    if pid == 0:
        os._exit(0)
    return pid


def nonzero(status):
    """os.system() tells of what it could not start by its result."""
    if status != 0:
        raise OSError(0, "did not run")


def timer_for(tid):
    event = struct.pack("QiiI", 0, signal.SIGUSR1, 4, tid).ljust(64, b"\0")
    timer = ctypes.c_int()
    return raw(222, 0, ctypes.create_string_buffer(event, 64), ctypes.byref(timer))


def remote(number, pid):
    buffer = ctypes.create_string_buffer(8)
    local = struct.pack("QQ", ctypes.addressof(buffer), 8)
    far = struct.pack("QQ", 0x400000, 8)
    return raw(number, pid, ctypes.create_string_buffer(local), 1, ctypes.create_string_buffer(far),
               1, 0)


def queue(number, *ids):
    return raw(number, *ids, 10, ctypes.create_string_buffer(struct.pack("iiiiI", 10, 0, -1, 0, 0)
                                                             .ljust(128, b"\0")))


def set_capabilities():
    header = ctypes.create_string_buffer(struct.pack("II", 0x20080522, 0))
    data = ctypes.create_string_buffer(struct.pack("IIIIII", *[0xFFFFFFFF] * 6))
    return raw(126, header, data)


def raise_limit():
    soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (hard + 1, hard + 1))


def pair_to(kind, address):
    a, _ = socket.socketpair(socket.AF_UNIX, kind)
    return a.sendto(b"attacked", address)


def pair_connect():
    a, b = socket.socketpair()
    b.close()
    a.connect(UNIX)


def handle(path):
    room = ctypes.create_string_buffer(struct.pack("Ii", 128, 0).ljust(200, b"\0"))
    return raw(303, -100, os.fsencode(path), room, ctypes.byref(ctypes.c_int()), 0)


def lease(path):
    fd = os.open(path, os.O_RDONLY)
    fcntl.fcntl(fd, 1024, fcntl.F_RDLCK)


def signal_owner(command, value):
    r, w = os.pipe()
    return fcntl.fcntl(r, command, value)


def open2(path, flags):
    how = ctypes.create_string_buffer(struct.pack("QQQ", flags, 0, 0))
    return raw(437, -100, os.fsencode(path), how, 24)


'''

# On x86-64: the numbers of raw calls are those of arch/x86/entry/syscalls/syscall_64.tbl.
GROUPS = {
    "files": """
        write(SECRET)
        write(SECRET, "ab")
        write(SECRET, "r+b")
        os.open(SECRET, os.O_RDONLY | os.O_TRUNC)
        os.truncate(SECRET, 0)
        raw(76, os.fsencode(SECRET), 0)
        os.unlink(SECRET)
        os.rename(SECRET, SECRET + "2")
        os.rename(SECRET, "here")
        os.replace("own", SECRET)
        os.rename(HOME, HOME + "2")
        os.link(SECRET, "hard")
        os.link("own", HOME + "/hard")
        os.symlink("own", HOME + "/soft")
        by_link(os.symlink)
        by_link(os.link)
        os.mkdir(HOME + "/new")
        os.rmdir(HOME + "/empty")
        os.mkfifo(HOME + "/fifo")
        os.mknod(HOME + "/node")
        os.mknod("device", 0o600 | 0o020000, os.makedev(1, 1))
        write(HOME + "/new")
        write("../" + os.path.basename(HOME) + "/new")
        write("/tmp/heapscape-attack")
        write("/var/tmp/heapscape-attack")
        write("/dev/shm/heapscape-attack")
        write("/etc/heapscape-attack")
        write("/run/heapscape-attack")
        write(os.path.dirname(sys.executable) + "/heapscape-attack")
        write(os.path.dirname(os.__file__) + "/heapscape-attack")
        reopen(SECRET)
        by_path_only(SECRET)
        open2(SECRET, os.O_RDWR)
        open2(SECRET, os.O_TRUNC)
        map_writable(SECRET)
        os.chmod(SECRET, 0o777)
        os.chmod("own", 0o4777)
        os.fchmod(os.open(SECRET, os.O_RDONLY), 0o777)
        os.chown(SECRET, os.getuid(), os.getgid())
        os.fchown(os.open(SECRET, os.O_RDONLY), os.getuid(), os.getgid())
        os.lchown(SECRET, os.getuid(), os.getgid())
        os.utime(SECRET, (0, 0))
        os.utime(os.open(SECRET, os.O_RDONLY), (0, 0))
        os.setxattr(SECRET, "user.attack", b"1")
        os.removexattr(SECRET, "user.kept")
        lease(SECRET)
        handle(SECRET)
        raw(304, 3, 0, 0)
        raw(452, -100, os.fsencode(SECRET), 0o777, 0)
        raw(285, os.open(SECRET, os.O_RDONLY), 3, 0, 4)
        os.posix_fallocate(os.open(SECRET, os.O_RDONLY), 0, 1 << 20)
        os.copy_file_range(os.open("own", os.O_RDONLY), os.open(SECRET, os.O_RDONLY), 8)
        write("/proc/self/oom_score_adj")
        write("/proc/self/mem", "r+b")
        write("/proc/self/comm")
        write("/proc/self/loginuid")
        write("/proc/self/attr/current")
        write("/proc/sys/kernel/core_pattern")
        write("/proc/sysrq-trigger")
        write("/sys/kernel/mm/transparent_hugepage/enabled", "r+b")
        write("/dev/tty")
        os.open("/dev/ptmx", os.O_RDWR)
        read("/dev/tty")
        read("/dev/kmsg")
        read("/dev/mem")
        read("/dev/vda")
        os.openpty()
    """,
    "proc": """
        read(f"/proc/{SUPERVISOR}/environ")
        read(f"/proc/{SUPERVISOR}/mem")
        read(f"/proc/{SUPERVISOR}/maps")
        read(f"/proc/{SUPERVISOR}/cmdline")
        os.readlink(f"/proc/{SUPERVISOR}/cwd")
        os.readlink(f"/proc/{SUPERVISOR}/fd/1")
        os.open(f"/proc/{SUPERVISOR}/fd/3", os.O_RDWR)
        read(f"/proc/{CLIENT}/environ")
        read(f"/proc/{CLIENT}/status")
        os.readlink(f"/proc/{CLIENT}/fd/1")
        os.listdir(f"/proc/{CLIENT}/cwd/")
        write(f"/proc/{CLIENT}/oom_score_adj")
        write(f"/proc/{VICTIM}/mem", "r+b")
        read(f"/proc/{VICTIM}/environ")
        read(f"/proc/{VICTIM}/stat")
        read(f"/proc/{VICTIM}/maps")
        read(f"/proc/{VICTIM}/io")
        read(f"/proc/{VICTIM}/syscall")
        read(f"/proc/{VICTIM}/root/etc/hostname")
        read(f"/proc/{VICTIM}/task/{VICTIM}/environ")
        os.readlink(f"/proc/{VICTIM}/exe")
        os.readlink(f"/proc/{VICTIM}/fd/1")
        os.listdir(f"/proc/{VICTIM}/map_files")
        os.open(f"/proc/{VICTIM}/fd/0", os.O_RDWR)
        read("/proc/1/environ")
        read("/proc/1/cmdline")
        read("/proc/kcore")
        read("/proc/kmsg")
        read("/proc/keys")
    """,
    "processes": """
        fork(os.fork)
        fork(lambda: raw(57))
        fork(lambda: raw(58))
        clone(17, 0, 0, 0, 0)
        clone(0, 0, 0, 0, 0)
        clone(0, 0, 12345, 0, 0)
        clone(0x4100 | 17, 0, 0, 0, 0)
        clone(0x01200011, 0, 0, 0, 0)
        clone(0x00000100, 0, 0, 0, 0)
        clone(0x10000000 | 17, 0, 0, 0, 0)
        raw(435, ctypes.create_string_buffer(88), 88)
        os.posix_spawn("/bin/true", ["true"], {})
        os.execv("/bin/true", ["true"])
        os.execv("/usr/bin/passwd", ["passwd"])
        raw(322, -100, b"/bin/true", 0, 0, 0)
        nonzero(os.system("true"))
        __import__("subprocess").run(["true"])
        __import__("subprocess").Popen("true", shell=True, start_new_session=True)
        os.popen("true").read()
        __import__("multiprocessing").get_context("fork").Process(target=print).start()
        __import__("multiprocessing").get_context("spawn").Process(target=print).start()
        __import__("pty").fork()
        os.setsid()
        os.setpgid(0, 0)
        os.setpgrp()
    """,
    "signals": """
        os.kill(SUPERVISOR, 0)
        os.kill(SUPERVISOR, signal.SIGSTOP)
        os.kill(CLIENT, 0)
        os.kill(CLIENT, signal.SIGUSR1)
        os.kill(VICTIM, 0)
        os.kill(VICTIM, signal.SIGKILL)
        os.kill(VICTIM, signal.SIGCONT)
        os.kill(-1, signal.SIGUSR1)
        os.kill(0, signal.SIGCONT)
        os.killpg(VICTIM, signal.SIGUSR1)
        raw(62, VICTIM | 7 << 32, 10)
        raw(200, VICTIM, 10)
        raw(234, VICTIM, VICTIM, 10)
        queue(129, VICTIM)
        queue(297, VICTIM, VICTIM)
        os.pidfd_open(VICTIM)
        raw(424, os.open(f"/proc/{VICTIM}", os.O_RDONLY), 10, 0, 0)
        raw(424, os.open(f"/proc/{VICTIM}", os.O_PATH), 10, 0, 0)
        raw(438, 0, 0, 0)
        signal_owner(fcntl.F_SETOWN, VICTIM)
        signal_owner(10, signal.SIGUSR1)
        signal_owner(15, ctypes.create_string_buffer(struct.pack("ii", 1, VICTIM)))
        timer_for(VICTIM)
        raw(101, 16, VICTIM, 0, 0)
        raw(101, 0x4206, VICTIM, 0, 0)
        remote(310, VICTIM)
        remote(311, VICTIM)
        raw(312, VICTIM, VICTIM, 0, 0, 0)
        raw(440, 3, 0, 0, 0, 0)
        resource.prlimit(VICTIM, resource.RLIMIT_CORE)
        resource.prlimit(CLIENT, resource.RLIMIT_CORE, (0, 0))
        os.setpriority(os.PRIO_PROCESS, VICTIM, 19)
        os.setpriority(os.PRIO_USER, 0, 19)
        os.setpriority(os.PRIO_PROCESS, 0, -5)
        os.sched_setaffinity(VICTIM, {0})
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))
        raw(251, 1, VICTIM, 0x6007)
        raw(274, VICTIM, ctypes.byref(ctypes.c_void_p()), ctypes.byref(ctypes.c_size_t()))
        raw(157, 4, 0, 0, 0, 0)
        raw(157, 1, 0, 0, 0, 0)
        raw(157, 0x59616d61, -1, 0, 0, 0)
    """,
    "network": """
        connect(socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", TCP))
        connect(socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", UDP))
        connect(socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", TCP), 262)
        connect(socket.AF_INET6, socket.SOCK_STREAM, ("::1", TCP))
        connect(socket.AF_UNIX, socket.SOCK_STREAM, UNIX)
        connect(socket.AF_UNIX, socket.SOCK_STREAM, ABSTRACT)
        connect(socket.AF_UNIX, socket.SOCK_DGRAM, UNIX)
        socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)
        socket.socket(socket.AF_INET, socket.SOCK_RAW, 1)
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM, 1)
        socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
        socket.socket(40, socket.SOCK_STREAM)
        socket.socket(38, socket.SOCK_SEQPACKET)
        socket.create_server(("127.0.0.1", 0))
        socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
        socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        pair_to(socket.SOCK_STREAM, UNIX)
        pair_to(socket.SOCK_DGRAM, UNIX)
        pair_connect()
        __import__("urllib.request", fromlist=["x"]).urlopen(f"http://127.0.0.1:{TCP}/", timeout=1)
        __import__("asyncio").run(__import__("asyncio").open_connection("127.0.0.1", TCP))
    """,
    "kernel": """
        raw(272, 0x10000000)
        raw(272, 0x00020000)
        raw(308, os.open("/proc/self/ns/net", os.O_RDONLY), 0)
        raw(165, b"none", os.fsencode(HOME), b"tmpfs", 0, 0)
        raw(166, b"/proc", 2)
        raw(155, b"/", b"/")
        raw(161, b"/")
        raw(428, -100, b"/", 1)
        raw(429, -1, b"", -100, b"/tmp", 0)
        raw(430, b"tmpfs", 0)
        raw(442, -100, b"/tmp", 0, 0, 0)
        raw(321, 0, ctypes.create_string_buffer(128), 128)
        raw(298, ctypes.create_string_buffer(128), 0, -1, -1, 0)
        raw(323, 0)
        raw(250, 0, -3, 0, 0, 0)
        raw(248, b"user", b"attack", b"x", 1, -3)
        raw(249, b"user", b"attack", 0, -3)
        raw(425, 8, ctypes.create_string_buffer(256))
        raw(206, 8, ctypes.byref(ctypes.c_void_p()))
        os.memfd_create("attack")
        raw(447, 0)
        raw(29, 0, 1 << 20, 0o1600)
        raw(64, 0, 1, 0o1600)
        raw(68, 0, 0o1600)
        raw(240, b"attack", 0o102, 0o600, 0)
        __import__("_posixshmem").shm_open("/attack", os.O_CREAT | os.O_RDWR, 0o600)
        __import__("multiprocessing").Lock()
        raw(167, b"/dev/vda", 0)
        raw(168, b"/dev/vda")
        raw(169, 0xfee1dead, 672274793, 0x4321fedc, 0)
        raw(175, 0, 0, b"")
        raw(313, 3, b"", 0)
        raw(176, b"attack", 0)
        raw(246, 0, 0, 0, 0)
        raw(179, 0x800002, 0, 0, 0)
        raw(135, 0x0040000)
        raw(103, 3, ctypes.create_string_buffer(8), 8)
        raw(163, os.fsencode(SECRET))
        raw(170, b"attack", 6)
        raw(164, ctypes.create_string_buffer(16), 0)
        raw(227, 0, ctypes.create_string_buffer(16))
        raw(159, ctypes.create_string_buffer(b"\\1" + bytes(207)))
        raw(172, 3)
        raw(154, 1, ctypes.create_string_buffer(16), 16)
        raw(300, 0, 0)
        raw(157, 22, 2, 0, 0, 0)
        raw(317, 1, 0, 0)
        raw(444, ctypes.create_string_buffer(8), 8, 0)
        os.setuid(os.getuid())
        os.setgid(os.getgid())
        os.setgroups([])
        os.setresuid(0, 0, 0)
        set_capabilities()
        raise_limit()
        fcntl.ioctl(1, 0x5412, b"x")
        fcntl.ioctl(0, 0x5412, b"x")
        raw(153)
        raw(278, 0, 0, 0, 0)
        raw(1000)
    """,
}


def get_lines(group):
    return [line.strip() for line in GROUPS[group].strip().splitlines()]


def make_program(group):
    lines = ["open('own', 'w').close()"]
    lines += [f"attempt({line!r}, lambda: {line})" for line in get_lines(group)]
    return HEAD + "\n".join(lines) + "\nprint('attempts', n)\n"
