# time's calendar functions, locks of the one thread, zlib, handlers of signals, functions called at the end.
import _signal
import _thread
import atexit
import posix
import time
import zlib


def attempt(function, *args):
    try:
        print(function.__name__, function(*args))
    except Exception as error:
        print(function.__name__, type(error).__name__, error)


lock = _thread.allocate_lock()
print(lock.acquire(), lock.locked(), lock.acquire(False), lock.acquire(timeout=0.01))
lock.release()
with lock:
    print(lock.locked())
attempt(lock.release)
attempt(lock.acquire, False, 3)
attempt(lock.acquire, True, -3)
reentrant = _thread.RLock()
with reentrant:
    with reentrant:
        print(reentrant._recursion_count(), reentrant._is_owned())
attempt(reentrant.release)
local = _thread._local()
local.x = 3
print(local.x, vars(local))

print(tuple(time.gmtime(0)), time.gmtime(1e9).tm_yday, time.asctime(time.gmtime(5)), repr(time.gmtime(86400))[:60])
when = time.gmtime(1234567890)
print(time.strftime("%Y-%m-%d %H:%M:%S %a %A %b %B %j %U %W %w %y %I %p %% %x %X %c", when))
print(time.strftime("%G-W%V-%u", (2021, 1, 3, 0, 0, 0, 6, 3, 0)))
attempt(time.asctime, (1, 2))
attempt(time.strftime, "%Y", (2020, 13, 1, 0, 0, 0, 0, 1, 0))
attempt(time.strftime, "%Y", (2020, 1, 1, 25, 0, 0, 0, 1, 0))
print(time.mktime((2000, 1, 1, 0, 0, 0, 0, 0, 0)) == 946684800.0 + time.timezone, len(time.tzname))
print(time.struct_time(range(9)), time.struct_time(range(11)).tm_gmtoff)

data = b"hello world " * 1000
packed = zlib.compress(data)
print(len(packed) < 100, zlib.decompress(packed) == data, zlib.crc32(data), zlib.adler32(data), zlib.crc32(b"x", 5))
stream = zlib.compressobj()
joined = stream.compress(data) + stream.flush(zlib.Z_SYNC_FLUSH) + stream.compress(b"zzz") + stream.flush()
reader = zlib.decompressobj()
first = reader.decompress(joined + b"tail", 100)
print(first[:5], len(first), len(reader.unconsumed_tail) > 0, reader.eof)
rest = reader.decompress(reader.unconsumed_tail)
print(len(rest), reader.eof, reader.unused_data, first + rest == data + b"zzz")
mixed = bytes(range(256)) * 300
for level in (0, 1, 6, 9):
    for wbits in (15, -15, 31, 9):
        stream = zlib.compressobj(level, 8, wbits)
        packed = stream.compress(mixed) + stream.flush()
        assert zlib.decompress(packed, wbits) == mixed
        reader = zlib.decompressobj(wbits)
        parts = b"".join(reader.decompress(packed[i : i + 7]) for i in range(0, len(packed), 7))
        assert parts == mixed and reader.eof
attempt(zlib.decompress, b"abc")
attempt(zlib.decompress, b"")
attempt(zlib.decompress, zlib.compress(data)[:-5])
attempt(zlib.decompress, zlib.compress(data)[:-1] + b"\x00")
attempt(zlib.compress, b"", 11)


def handler(number, frame):
    print("got", number == _signal.SIGUSR1, frame.f_code.co_name)


_signal.signal(_signal.SIGUSR1, handler)
_signal.raise_signal(_signal.SIGUSR1)
print(_signal.getsignal(_signal.SIGUSR1) is handler, _signal.getsignal(_signal.SIGTERM))
attempt(_signal.signal, 1000, handler)
attempt(_signal.signal, _signal.SIGUSR1, "x")
try:
    _signal.raise_signal(_signal.SIGINT)
    print("not reached")
except KeyboardInterrupt:
    print("interrupted")


def fails():
    raise ValueError("not seen on standard output")


def later():
    atexit.register(print, "registered while ending")


atexit.register(print, "last")
atexit.register(fails)
atexit.register(later)
atexit.register(print, "first", "of", "all", sep="-")
atexit.register(handler)
atexit.unregister(handler)
print(posix.getpid() > 0)
atexit._run_exitfuncs()
atexit._run_exitfuncs()
