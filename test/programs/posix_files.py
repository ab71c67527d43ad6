# The posix module: files, directories, links, errors with their file names, struct sequences.
import posix

base = "/tmp/copyjit_posix_%d" % posix.getpid()


def attempt(function, *args, **keywords):
    try:
        print(function.__name__, function(*args, **keywords))
    except Exception as error:
        text = str(error).split("] ")[-1].replace(base, "BASE")
        names = [getattr(error, name, None) for name in ("filename", "filename2")]
        print(function.__name__, type(error).__name__, text, [type(name).__name__ for name in names])


attempt(posix.stat, "/nonexistent")
attempt(posix.stat, b"/nonexistent")
attempt(posix.stat, 3.5)
attempt(posix.listdir, 3.5)
attempt(posix.mkdir, None)
attempt(posix.rename, "/nonexistent", "/x")
attempt(posix.mkdir, "/tmp")
attempt(posix.rmdir, "/nonexistent/b")
attempt(posix.open, b"/nonexistent", posix.O_RDONLY)
attempt(posix.stat, "a\0b")
attempt(posix.fspath, 3)
attempt(posix.close, 99)

posix.mkdir(base)
name = base + "/f"
fd = posix.open(name, posix.O_RDWR | posix.O_CREAT, 0o644)
print(posix.write(fd, b"hello world"), posix.lseek(fd, 0, 1), posix.lseek(fd, 3, 0), posix.read(fd, 4))
print(posix.lseek(fd, -2, 2), posix.read(fd, 100), posix.read(fd, 1), posix.write(fd, bytearray(b"!")))
posix.lseek(fd, 20, 0)
posix.write(fd, b"end")
posix.lseek(fd, 0, 0)
print(posix.read(fd, 100), posix.fstat(fd).st_size)
print(posix.pwrite(fd, b"HE", 0), posix.pread(fd, 5, 0), posix.lseek(fd, 0, 1))
posix.ftruncate(fd, 5)
print(posix.fstat(fd).st_size)
posix.close(fd)
attempt(posix.read, fd, 1)
fd = posix.open(name, posix.O_WRONLY | posix.O_APPEND)
posix.write(fd, b" more")
posix.close(fd)

status = posix.stat(name)
print(status.st_size, oct(status.st_mode), len(status), status[6], type(status.st_mtime), type(status[8]))
print(status.st_mtime_ns // 10**9 == status[8], status == tuple(status), status[-4:] == tuple(status)[-4:])
posix.symlink("f", base + "/l")
print(posix.readlink(base + "/l"), posix.readlink((base + "/l").encode()))
print(posix.lstat(base + "/l").st_size, oct(posix.lstat(base + "/l").st_mode)[:4])
print(sorted(posix.listdir(base)), sorted(posix.listdir(base.encode())))
for entry in sorted(posix.scandir(base), key=lambda entry: entry.name):
    print(entry, entry.path == base + "/" + entry.name, entry.is_file(), entry.is_dir(), entry.is_symlink(),
          entry.stat().st_size, entry.is_file(follow_symlinks=False), posix.fspath(entry) == entry.path)
with posix.scandir(base) as entries:
    print(next(entries).name in "fl")
print(list(entries))
posix.utime(name, (1.5, 2.25))
print(posix.stat(name).st_mtime, posix.stat(name).st_atime_ns)
posix.chmod(name, 0o600)
print(oct(posix.stat(name).st_mode), posix.access(name, posix.R_OK), posix.access(base + "/g", posix.F_OK))
posix.rename(name, base + "/g")
attempt(posix.rename, base + "/nope", name)
attempt(posix.rmdir, base)
posix.unlink(base + "/g")
posix.remove(base + "/l")
posix.rmdir(base)
attempt(posix.listdir, base)

print(posix.stat_result(range(10)), posix.stat_result(range(10)).st_blksize, posix.stat_result(range(19)).st_atime)
size = posix.terminal_size((80, 24))
print(size, size.columns, size.__match_args__, size.n_fields, size.__reduce__()[1], size.__replace__(lines=3))
attempt(posix.stat_result, [1, 2])
attempt(posix.terminal_size, [1])
attempt(posix.terminal_size, 5)
attempt(size.__replace__, x=3)
try:
    size.columns = 3
except AttributeError as error:
    print(error)
print(posix._path_normpath("/a/../b//c/./d"), posix._path_normpath(b"..//a/.."), posix._path_normpath(""))
print(posix._path_splitroot_ex("//x/y"), posix._path_splitroot_ex(b"/x"), posix._path_splitroot_ex("///x"), posix._path_splitroot_ex("x"))
print(posix.waitstatus_to_exitcode(256), posix.waitstatus_to_exitcode(9), len(posix.urandom(5)), posix.WEXITSTATUS(512))
