# _csv: dialects, the reader and the writer.
import _csv
def t(f, *a, **k):
    try: r = f(*a, **k)
    except Exception as e: r = (type(e).__name__, str(e))
    print(a, k, r)
    return r
def rd(*a, **k): return list(_csv.reader(*a, **k))
class W:
    def __init__(self): self.s = []
    def write(self, x): self.s.append(x); return len(x)
def wr(rows, **k):
    w = W(); c = _csv.writer(w, **k); c.writerows(rows); return w.s
class excel: delimiter=','; quotechar='"'; doublequote=True; skipinitialspace=False; lineterminator='\r\n'; quoting=0
_csv.register_dialect('excel', excel)
for lines in (['a,b,c'], ['a,"b,c",d\r\n'], ['"a""b",c'], ['a,"b\n', 'c",d'], [''], ['\n', 'a'], ['"a"b,c'], ['a\rb'], ['a,b\r'], ['a b'], ['"abc'], ['a,'], [',,'], [' a, "b"'], [1], [b'a'], ['a\\,b,c'], ["'a,b',c"]):
    t(rd, lines); t(rd, lines, strict=True); t(rd, lines, skipinitialspace=True, escapechar='\\', quotechar="'"); t(rd, lines, quoting=3)
for q in (2, 4, 5): t(rd, ['1,"2",,"",3.5'], quoting=q)
t(rd, ['a,b'], quoting=2); t(rd, ['a\tb'], delimiter='\t'); t(rd, 5); t(rd, ['a'], delimiter='ab'); t(rd, ['a'], delimiter=''); t(rd, ['a'], delimiter=1); t(rd, ['a'], delimiter=None); t(rd, ['a'], quotechar='ab'); t(rd, ['a'], quotechar=None); t(rd, ['a'], quotechar=None, quoting=0); t(rd, ['a'], quotechar=None, quoting=3); t(rd, ['a'], escapechar=4); t(rd, ['a'], lineterminator=4); t(rd, ['a'], lineterminator=None); t(rd, ['a'], quoting='x'); t(rd, ['a'], quoting=9); t(rd, ['a'], bad=1); t(rd, ['a'], 'nope'); t(rd, ['a'], delimiter='\n'); t(rd, ['a'], delimiter=',', quotechar=','); t(rd, ['a'], delimiter=' ', skipinitialspace=True); t(rd, ['a'], quotechar=' ', skipinitialspace=True); t(rd, ['a'], escapechar='"')
rows = [['a', 1, 2.5, None, 'b,c', 'd"e', 'f\ng', '', ' x', True], [], [''], [None], ('x', 'y'), 'ab']
for q in range(6):
    t(wr, rows, quoting=q); t(wr, rows, quoting=q, escapechar='\\', doublequote=False); t(wr, [['a', 'b']], quoting=q, lineterminator='!')
t(wr, [['a b', '', ' c']], delimiter=' ', skipinitialspace=True); t(wr, [[' a', 'b']], skipinitialspace=True); t(wr, [5]); t(wr, [['a!b']], lineterminator='!'); t(wr, [['a"b']], doublequote=False); t(wr, [['a\\b']], escapechar='\\'); t(wr, [['a\\b']], escapechar='\\', quoting=3); t(wr, [['']], quoting=3); t(wr, 5); t(_csv.writer, 5); t(wr, [['\r']]); t(wr, [['']],delimiter=' ', skipinitialspace=True, quoting=3)
d = _csv.Dialect(); print(d.delimiter, d.quotechar, d.doublequote, d.escapechar, repr(d.lineterminator), d.quoting, d.skipinitialspace, d.strict)
d = _csv.Dialect(excel, delimiter=';'); print(d.delimiter, _csv.Dialect(d) is d, _csv.Dialect(d, strict=1).strict)
t(lambda: setattr(d, 'delimiter', 'x')); t(_csv.get_dialect, 'nope'); t(_csv.unregister_dialect, 'nope'); t(_csv.register_dialect, 3); print(_csv.list_dialects(), type(_csv.get_dialect('excel'))); t(_csv.field_size_limit); t(_csv.field_size_limit, 5); t(rd, ['abcdefg']); t(_csv.field_size_limit, 'x'); _csv.field_size_limit(131072)
r = _csv.reader(["a\n", "b"])
print(next(r), r.line_num, r.dialect.delimiter, next(r), r.line_num)
print(next(r, None))
