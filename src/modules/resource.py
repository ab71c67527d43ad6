# resource: what a process has used and may use, as Linux tells it in /proc. Limits can be read and not changed: Node has no
# call for that.

error = OSError

RUSAGE_SELF = 0
RUSAGE_CHILDREN = -1
RLIM_INFINITY = -1

_TICKS = 100.0
_PAGE = 4096
# the lines of /proc/self/limits by the numbers that Linux gives the limits
_LINES = (
    "Max cpu time",
    "Max file size",
    "Max data size",
    "Max stack size",
    "Max core file size",
    "Max resident set",
    "Max processes",
    "Max open files",
    "Max locked memory",
    "Max address space",
    "Max file locks",
    "Max pending signals",
    "Max msgqueue size",
    "Max nice priority",
    "Max realtime priority",
    "Max realtime timeout",
)
RLIMIT_CPU, RLIMIT_FSIZE, RLIMIT_DATA, RLIMIT_STACK, RLIMIT_CORE, RLIMIT_RSS, RLIMIT_NPROC, RLIMIT_NOFILE = range(8)
RLIMIT_MEMLOCK, RLIMIT_AS, _, RLIMIT_SIGPENDING, RLIMIT_MSGQUEUE, RLIMIT_NICE, RLIMIT_RTPRIO, RLIMIT_RTTIME = range(8, 16)
RLIMIT_OFILE = RLIMIT_NOFILE


class struct_rusage(tuple):
    __slots__ = ()
    _names = (
        "ru_utime", "ru_stime", "ru_maxrss", "ru_ixrss", "ru_idrss", "ru_isrss", "ru_minflt", "ru_majflt", "ru_nswap",
        "ru_inblock", "ru_oublock", "ru_msgsnd", "ru_msgrcv", "ru_nsignals", "ru_nvcsw", "ru_nivcsw",
    )  # fmt: skip
    n_fields = n_sequence_fields = len(_names)
    n_unnamed_fields = 0

    def __repr__(self):
        return f"resource.struct_rusage({', '.join(f'{name}={value!r}' for name, value in zip(self._names, self))})"


for _at, _name in enumerate(struct_rusage._names):
    setattr(struct_rusage, _name, property(lambda self, _at=_at: self[_at]))
struct_rusage.__match_args__ = struct_rusage._names


def _status(name):
    with open("/proc/self/status") as file:
        for line in file:
            if line.startswith(name + ":"):
                return int(line.split()[1])
    return 0


def getrusage(who, /):
    if who not in (RUSAGE_SELF, RUSAGE_CHILDREN):
        raise ValueError("invalid who parameter")
    with open("/proc/self/stat", "rb") as file:
        # the name in parentheses may contain anything
        fields = file.read().rpartition(b")")[2].split()
    numbers = [0] * 16
    own = who == RUSAGE_SELF
    numbers[0] = int(fields[11 if own else 13]) / _TICKS
    numbers[1] = int(fields[12 if own else 14]) / _TICKS
    numbers[6] = int(fields[7 if own else 8])
    numbers[7] = int(fields[9 if own else 10])
    if own:
        numbers[2] = _status("VmHWM")
        numbers[14] = _status("voluntary_ctxt_switches")
        numbers[15] = _status("nonvoluntary_ctxt_switches")
    return struct_rusage(numbers)


def getrlimit(resource, /):
    if not 0 <= resource < len(_LINES):
        raise ValueError("invalid resource specified")
    with open("/proc/self/limits") as file:
        for line in file:
            if line.startswith(_LINES[resource]):
                soft, hard = line[len(_LINES[resource]) :].split()[:2]
                return tuple(RLIM_INFINITY if text == "unlimited" else int(text) for text in (soft, hard))
    raise OSError(22, "Invalid argument")


def setrlimit(resource, limits, /):
    soft, hard = limits
    now = getrlimit(resource)
    if (soft, hard) != now:
        raise ValueError("not allowed to change limits on this platform")


def getpagesize():
    return _PAGE


del _at, _name, _
