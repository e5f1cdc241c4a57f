"""Programs for the inside of a sandbox: calls that are forbidden there, and ordinary work."""

# Each call: its number on x86_64 and on aarch64 (asm/unistd.h of the kernel; None where there is
# no such call), and arguments, 0 for those left out.
CALLS: dict[str, tuple[int | None, int | None, tuple[int, ...]]] = {
    "acct": (163, 89, ()),
    "add_key": (248, 217, ()),
    "adjtimex": (159, 171, ()),
    "bpf": (321, 280, ()),
    "chroot": (161, 51, ()),
    "clock_adjtime": (305, 266, ()),
    "clock_settime": (227, 112, ()),
    "clone of a user namespace": (56, 220, (0x10000000 | 17,)),
    "clone of a network namespace": (56, 220, (0x40000000 | 17,)),
    "delete_module": (176, 106, ()),
    "fanotify_init": (300, 262, ()),
    "finit_module": (313, 273, ()),
    "fsopen": (430, 430, ()),
    "init_module": (175, 105, ()),
    "inotify_init1": (294, 26, ()),
    "io_setup": (206, 0, ()),
    "io_uring_enter": (426, 426, ()),
    "io_uring_register": (427, 427, ()),
    "io_uring_setup": (425, 425, ()),
    "ioperm": (173, None, ()),
    "iopl": (172, None, ()),
    "kcmp": (312, 272, ()),
    "kexec_load": (246, 104, ()),
    "keyctl": (250, 219, ()),
    "lookup_dcookie": (212, 18, ()),
    "mbind": (237, 235, ()),
    "memfd_create": (319, 279, ()),
    "memfd_secret": (447, 447, ()),
    "modify_ldt": (154, None, ()),
    "mount": (165, 40, ()),
    "mount_setattr": (442, 442, ()),
    "move_mount": (429, 429, ()),
    "mq_open": (240, 180, ()),
    "msgget": (68, 186, ()),
    "name_to_handle_at": (303, 264, ()),
    "open_by_handle_at": (304, 265, ()),
    "open_tree": (428, 428, ()),
    "perf_event_open": (298, 241, ()),
    "personality without random addresses": (135, 92, (0x40000,)),
    "pidfd_getfd": (438, 438, ()),
    "pivot_root": (155, 41, ()),
    "process_madvise": (440, 440, ()),
    "process_vm_readv": (310, 270, ()),
    "process_vm_writev": (311, 271, ()),
    "ptrace": (101, 117, ()),
    "quotactl": (179, 60, ()),
    "reboot": (169, 142, ()),
    "request_key": (249, 218, ()),
    "semget": (64, 190, ()),
    "sethostname": (170, 161, ()),
    "setns": (308, 268, ()),
    "settimeofday": (164, 170, ()),
    "shmat": (30, 196, ()),
    "shmget": (29, 194, ()),
    "socket VSOCK": (41, 198, (40, 1)),
    "socket NETLINK": (41, 198, (16, 3)),
    "socket ALG": (41, 198, (38, 5)),
    "socket PACKET": (41, 198, (17, 3)),
    "socket XDP": (41, 198, (44, 3)),
    "socket TIPC": (41, 198, (30, 1)),
    "socket CAN": (41, 198, (29, 3)),
    "socket NETLINK behind bits that the kernel ignores": (41, 198, (1 << 32 | 16, 3)),
    "socketpair TIPC": (53, 199, (30, 1)),
    "splice": (275, 76, ()),
    "swapon": (167, 224, ()),
    "syslog": (103, 116, ()),
    "umount2": (166, 39, ()),
    "unshare": (272, 97, ()),
    "userfaultfd": (323, 282, ()),
    "vmsplice": (278, 75, ()),
}

# What the kernel itself lets an unprivileged process do, or refuses with another error than EPERM.
# They show that it is the filter which refuses, and not something else.
ALLOWED_WITHOUT_PROFILE = (
    "memfd_create",
    "msgget",
    "process_vm_readv",
    "ptrace",
    "semget",
    "shmget",
    "socket NETLINK",
    "unshare",
)

# Makes each call in a child of its own and prints how it ended: "done", an error, or a signal.
CALLER = """
import ctypes, errno, json, os, platform, signal, sys
signal.alarm(60)
calls = json.loads(sys.argv[1])
column = {"x86_64": 0, "aarch64": 1}[platform.machine()]
call = ctypes.CDLL(None, use_errno=True).syscall
call.restype = ctypes.c_long
ended = {}
for name, (*numbers, arguments) in calls.items():
    if numbers[column] is None:
        ended[name] = "EPERM"
        continue
    padded = (arguments + [0] * 6)[:6]
    child = os.fork()
    if child == 0:
        failed = call(*map(ctypes.c_long, [numbers[column], *padded])) == -1
        os._exit(ctypes.get_errno() if failed else 0)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    ended[name] = signal.Signals(-code).name if code < 0 else errno.errorcode.get(code, "done")
print(json.dumps(ended))
"""

# Jumps to machine code for x86_64; argv[1] is the code in hex. Prints what it returned, if it did.
MACHINE_CODE = """
import ctypes, mmap, os, platform, signal, sys
if platform.machine() != "x86_64":
    raise SystemExit(print("no x86_64"))
page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
page.write(bytes.fromhex(sys.argv[1]))
function = ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))
child = os.fork()
if child == 0:
    print("returned", function(), flush=True)
    os._exit(0)
code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
if code < 0:
    print(signal.Signals(-code).name)
"""

ORDINARY_PROGRAM = """
import asyncio, concurrent.futures, json, multiprocessing, os, select, shutil, signal, socket
import sqlite3, subprocess, sys, tempfile, threading, traceback

signal.alarm(60)

def add(lock, queue, number):
    with lock:
        queue.put(number)

def threads():
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        return sum(pool.map(abs, range(-9, 0)))

def subprocesses():
    command = [sys.executable, "-c", "print(sum(range(10)))"]
    return int(subprocess.run(command, capture_output=True, check=True).stdout)

def pipelines():
    return int(subprocess.run("seq 45 | tail -n 1", shell=True, capture_output=True).stdout)

def event_loop():
    async def main():
        process = await asyncio.create_subprocess_exec("echo", "15", stdout=subprocess.PIPE)
        out, _ = await process.communicate()
        in_thread = await asyncio.to_thread(int, "15")
        return int(out) + in_thread + sum(await asyncio.gather(*[asyncio.sleep(0, 5)] * 3))
    return asyncio.run(main())

def loopback():
    async def serve(reader, writer):
        writer.write(await reader.readline())
        writer.close()
    async def main():
        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        writer.write(b"45\\n")
        answer = await reader.readline()
        writer.close()
        server.close()
        return int(answer)
    return asyncio.run(main())

def lock_and_queue():
    context = multiprocessing.get_context("fork")
    lock, queue = context.Lock(), context.Queue()
    children = [context.Process(target=add, args=(lock, queue, n)) for n in range(10)]
    [child.start() for child in children]
    total = sum(queue.get() for _ in children)
    [child.join() for child in children]
    return total

def process_pool():
    with multiprocessing.get_context("fork").Pool(2) as pool:
        return sum(pool.map(abs, range(10)))

def shared_memory():
    from multiprocessing.shared_memory import SharedMemory
    block = SharedMemory(create=True, size=8)
    block.buf[0] = 45
    value = block.buf[0]
    block.close()
    block.unlink()
    return value

def database():
    with tempfile.TemporaryDirectory() as folder:
        connection = sqlite3.connect(os.path.join(folder, "data.db"))
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE numbers (n INTEGER)")
        connection.executemany("INSERT INTO numbers VALUES (?)", [(n,) for n in range(10)])
        connection.commit()
        return connection.execute("SELECT sum(n) FROM numbers").fetchone()[0]

def files():
    with tempfile.TemporaryDirectory() as folder:
        source = os.path.join(folder, "source")
        with open(source, "w") as file:
            file.write("45")
        shutil.copy2(source, source + "2")
        shutil.copytree(folder, folder + "/tree", ignore=shutil.ignore_patterns("tree"))
        os.replace(source + "2", source)
        os.mkfifo(source + "3")
        return int(open(os.path.join(folder, "tree", "source")).read())

def sockets():
    left, right = socket.socketpair()
    left.send(b"45")
    with select.epoll() as poll:
        poll.register(right, select.EPOLLIN)
        assert poll.poll()
    socket.socket(socket.AF_INET6).close()
    return int(right.recv(2))

def timers():
    caught = threading.Event()
    signal.signal(signal.SIGVTALRM, lambda *_: caught.set())
    signal.setitimer(signal.ITIMER_VIRTUAL, 0.001)
    while not caught.is_set():
        pass
    return 45

results = {}
for function in (threads, subprocesses, pipelines, event_loop, loopback, lock_and_queue,
                 process_pool, shared_memory, database, files, sockets, timers):
    try:
        results[function.__name__] = function()
    except Exception:
        results[function.__name__] = traceback.format_exc()
print(json.dumps(results))
"""

ORDINARY = (
    "threads",
    "subprocesses",
    "pipelines",
    "event_loop",
    "loopback",
    "lock_and_queue",
    "process_pool",
    "shared_memory",
    "database",
    "files",
    "sockets",
    "timers",
)
