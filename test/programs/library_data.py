# dataclasses, enum, typing, functools, collections, heapq, bisect, graphlib, copy, weakref, types, operator, itertools.
import bisect, collections, contextlib, copy, dataclasses, enum, functools, graphlib, heapq, itertools, operator, queue, types, typing, weakref

@dataclasses.dataclass(order=True)
class P:
    x: int
    y: float = 2.0
    z: list = dataclasses.field(default_factory=list, compare=False)

print(P(1), P(1) == P(1, 2.0), P(1) < P(2), dataclasses.asdict(P(1)), dataclasses.replace(P(1), x=5), dataclasses.fields(P)[1].default)
@dataclasses.dataclass(frozen=True, slots=True)
class Q:
    a: int
try: Q(1).a = 2
except Exception as e: print(type(e).__name__, e)
print(hash(Q(1)) == hash(Q(1)), Q.__slots__)
class Color(enum.Enum):
    RED = 1
    GREEN = enum.auto()
class Perm(enum.IntFlag):
    R = 4
    W = 2
print(Color.RED, Color(2), Color["RED"], list(Color), Perm.R | Perm.W, Perm(6), repr(Perm.R), Color.RED.name, isinstance(Perm.R, int))
try: Color(9)
except ValueError as e: print(e)
print(typing.get_type_hints(P), typing.Optional[int], typing.Union[int, str], list[int], typing.get_args(dict[str, int]), typing.NamedTuple("N", [("a", int)])(3))
C = collections.Counter("abracadabra")
print(C.most_common(2), C - collections.Counter("abc"), collections.OrderedDict(a=1), collections.ChainMap({"a": 1}, {"b": 2})["b"], collections.deque([1, 2, 3], 2), collections.namedtuple("T", "x y")(1, 2))
d = collections.defaultdict(list); d["k"].append(1); print(d)
h = [5, 1, 4]; heapq.heapify(h); print(heapq.heappop(h), heapq.nlargest(2, [1, 5, 3]), list(heapq.merge([1, 4], [2, 3])), bisect.bisect([1, 2, 3], 2))
print(list(graphlib.TopologicalSorter({"d": {"b", "c"}, "b": {"a"}, "c": {"a"}}).static_order())[0], copy.deepcopy({"a": [1, {2}]}), functools.reduce(operator.add, [1, 2, 3]), list(itertools.accumulate([1, 2, 3])))
@functools.lru_cache
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(50), fib.cache_info())
@functools.singledispatch
def show(x): return "object"
@show.register
def _(x: int): return "int"
print(show(1), show("a"), functools.partial(pow, 2)(5))
@contextlib.contextmanager
def cm():
    yield 1
    print("closed")
with cm() as v, contextlib.suppress(KeyError): print(v); {}["x"]
with contextlib.ExitStack() as s: s.callback(print, "callback")
q = queue.PriorityQueue(); q.put(2); q.put(1); print(q.get(), q.qsize())
print(types.SimpleNamespace(a=1), types.MappingProxyType({"a": 1})["a"], isinstance(weakref.ref(Color), weakref.ref))
