# json, and the scanner and encoder behind it.
import _json, json
def t(f, *a):
    try: r = f(*a)
    except Exception as e: r = (type(e).__name__, str(e))
    print(a, r)
for s in (r'"abc"', r'"a\u00e9\ud83d\ude00\n\"', r'"a\x"', r'"a\u12"', r'"a\u12G4"', '"abc', '"a\nb"', r'"\ud83d"', r'"\ud83dx"', r'"\ud83d\u0041"', '"\\', '"\\u', r'"a\ud83d\u12"', '"é😀"'):
    t(_json.scanstring, s, 1); t(_json.scanstring, s, 1, False)
t(_json.scanstring, 'abc', 10); t(_json.scanstring, 'abc', -1); t(_json.scanstring, b'a', 0)
for s in ('{', '{"a', '{"a"', '{"a":', '{"a":1', '{"a":1,', '{"a":1,}', '{a', '[', '[1', '[1,', '[1,]', '[1 2]', '{"a" 1}', '{"a":1 "b"}', '', ' ', 'nul', 'tru', '-', '-a', '1.', '1e', '01', '1.5e+3', '-0', '-0.0', 'NaN', 'Infinity', '-Infinity', '-Inf', '[1,2,{"a":[],"b":{}}]', '1 2', '"a" "', '{"a":}', '[,]', '{,}', '12345678901234567890', '1E400', '[1.0, 2.50, 1e5]', '\ufeff1', '{"a":1,"a":2}', '-1.5', '[1,\n  2,\n x]', '.5', '+1', 'true', 'false', 'null'):
    t(json.loads, s)
t(_json.encode_basestring_ascii, 'a"\\\n\x00é😀\x7f/'); t(_json.encode_basestring, 'a"\\\n\x00é😀\x7f\x1f'); t(_json.encode_basestring_ascii, 1)
print(json.dumps({"a": [1, 2.5, None, True, "é\n"], 1: {}, None: [], 2.5: ()}), json.dumps([1, {"b": 2, "a": [3]}], indent=2, sort_keys=True))
print(json.dumps("é😀", ensure_ascii=False), json.dumps([1, 2], separators=(",", ":")), json.dumps({1: 2, (1, 2): 3}, skipkeys=True))
t(json.dumps, {(1, 2): 3}); t(json.dumps, float("nan")); t(lambda: json.dumps(float("inf"), allow_nan=False))
a = []; a.append(a); t(lambda: json.dumps(a))
print(json.loads('{"a": 1, "b": [2]}', object_hook=lambda d: sorted(d)), json.loads('{"a": 1}', object_pairs_hook=list), json.loads("[1.5, 2]", parse_float=str, parse_int=lambda s: s + "!"))
class E(json.JSONEncoder):
    def default(self, o): return sorted(o) if isinstance(o, set) else super().default(o)
print(json.dumps({"s": {3, 1}}, cls=E), E(indent=1).encode([{1}]))
try: json.dumps([{"k": object()}])
except TypeError as e: print(str(e)[:14], e.__notes__)
