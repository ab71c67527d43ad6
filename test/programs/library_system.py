# datetime, calendar, random, hashlib, hmac, secrets, uuid, base64, struct, pickle, csv, configparser, argparse, logging, io, pathlib, inspect, ast, traceback, asyncio.
import argparse, ast, base64, calendar, configparser, csv, datetime, hashlib, hmac, inspect, io, logging, pathlib, pickle, random, secrets, shutil, struct, sys, tempfile, traceback, uuid

d = datetime.datetime(2024, 2, 29, 12, 30, tzinfo=datetime.timezone.utc)
print(d, d.isoformat(), d + datetime.timedelta(days=366), d.strftime("%Y-%m-%d %H:%M %j %a"), datetime.date.fromisoformat("2024-03-01") - d.date(), datetime.datetime.strptime("2024-05-06 07:08", "%Y-%m-%d %H:%M"))
print(calendar.month(2024, 2), calendar.isleap(2100), calendar.monthrange(2024, 2))
random.seed(42); print(random.random(), random.randint(1, 100), random.choice("abc"), random.sample(range(100), 5), random.gauss(0, 1), random.shuffle(x := [1, 2, 3, 4]), x)
random.seed("text"); print(random.getrandbits(70), random.uniform(1, 2))
print(hashlib.sha256(b"abc").hexdigest(), hashlib.new("md5", b"x").hexdigest(), hmac.new(b"k", b"m", "sha256").hexdigest(), len(secrets.token_hex(8)), uuid.uuid5(uuid.NAMESPACE_DNS, "python.org"), hashlib.blake2b(b"x", digest_size=4).hexdigest())
print(base64.b64encode(b"hello"), base64.b32decode("NBSWY3DP"), base64.b85encode(b"abc"), base64.urlsafe_b64decode("_-8="), struct.unpack("<hb", struct.pack("<hb", 1, 2)))
print(pickle.loads(pickle.dumps({"a": [1, 2.5, (None, True)], "b": {"x"}, 3: b"y", "d": d})) == {"a": [1, 2.5, (None, True)], "b": {"x"}, 3: b"y", "d": d})
out = io.StringIO(); w = csv.DictWriter(out, ["a", "b"]); w.writeheader(); w.writerow({"a": 1, "b": 'x,"y"'}); print(repr(out.getvalue()), list(csv.DictReader(io.StringIO(out.getvalue()))))
c = configparser.ConfigParser(); c.read_string("[s]\na = 1\nb = %(a)s2\n"); print(c["s"]["b"], c.getint("s", "a"), c.sections())
p = argparse.ArgumentParser(prog="prog"); p.add_argument("-n", "--num", type=int, default=3, help="a number"); p.add_argument("files", nargs="*"); print(p.parse_args(["-n", "5", "a", "b"]), p.format_usage())
log = logging.getLogger("t"); handler = logging.StreamHandler(sys.stdout); handler.setFormatter(logging.Formatter("%(levelname)s:%(name)s:%(message)s")); log.addHandler(handler); log.warning("hi %d", 5)
with tempfile.TemporaryDirectory() as t:
    f = pathlib.Path(t) / "a" / "b.txt"; f.parent.mkdir(); f.write_text("hello\n"); print(f.read_text(), f.name, f.suffix, f.exists(), sorted(x.name for x in pathlib.Path(t).rglob("*")))
    shutil.copy(f, f.with_suffix(".bak")); print(sorted(x.name for x in f.parent.iterdir()))
def g(a, /, b: int = 2, *args, c, **kw) -> str: "doc"
print(inspect.signature(g), inspect.getdoc(g), list(inspect.signature(g).parameters.values())[1].kind, inspect.isfunction(g))
print(ast.dump(ast.parse("a + 1", mode="eval")), ast.literal_eval("{'a': [1, 2.5]}"), ast.unparse(ast.parse("x = [i for i in y if i]")))
try: 1 / 0
except ZeroDivisionError: print(traceback.format_exc().splitlines()[-1])
