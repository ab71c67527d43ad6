# f-strings and format specifications.
name, value, pi = 'world', 42, 3.14159265
print(f'hello {name}!', f'{value}', f'{value:5}|{value:<5}|{value:^5}|{value:>5}|{value:05}|{value:+}')
print(f'{pi:.2f} {pi:10.3f} {pi:<10.1f}| {pi:e} {pi:.3g} {pi:%} {pi:.0f}')
print(f'{value:b} {value:o} {value:x} {value:X} {value:#x} {value:#b} {value:08b} {value:c}')
print(f'{1234567:,} {1234567:_} {1234567.891:,.2f} {-5:=+6d} {5: d} {255:_x}')
print(f'{name!r} {name!s} {name!a} {"é"!a} {name:>10} {name:*^11} {name:.3} {name!r:>10}')
print(f'{value=} {value = } {pi=:.2f} {name=!s} {value + 1=}')
width, precision = 12, 4
print(f'{pi:{width}.{precision}}|{name:{"<"}{width}}|{value:{width}}')
print(f'{{literal}} {{{value}}}', f'{"nested " + f"{value}"}', f'{[x for x in range(3)]}', f'{ {"a": 1}["a"] }')
print(f'{(lambda x: x * 2)(4)}', f'{value if value > 3 else None}', f'{name[0]}{name[-1]}', f'{3.0} {1e100} {1e-7}')
print(f'multi {
    value
} line', f"{name + "same quotes"}")
print('%s %d %5.2f %r %x %05d %-5s| %% %c' % ('s', 3, 2.5, 'r', 255, 42, 'ab', 'z'))
print('%(a)s %(b)03d' % {'a': 1, 'b': 2}, '%s' % (1,), '%s' % [1, 2], '%.3s' % 'abcdef', '%+d' % 5, '%e' % 12345.678)
print('{} {} {0}'.format(1, 2) if False else '{} {}'.format(1, 2), '{1} {0}'.format('a', 'b'), '{x.real} {y[0]}'.format(x=5, y='z'))
print('{:>5}|{!r:<6}|{:{w}}'.format('a', 'b', 'c', w=4))
print(format(3.5, '.1f'), format('x', '>3'), format(10, ''), format(True, 'd'), f'{True}', f'{None}', f'{None!s:>6}')
for spec, thing in (('d', 'x'), ('.2f', 'x'), ('s', 5), ('x', 1.5), ('=5', 'a'), (',d', 'q'), ('5.2d', 3), ('z', 1)):
    try:
        print(format(thing, spec))
    except (ValueError, TypeError) as error:
        print(spec, type(error).__name__, error)
print(f'{float("nan")} {float("inf"):>6} {-float("inf"):.1f} {-0.0} {1e16} {123456789012345678.0} {0.1 + 0.2} {1e22} {5e-324}')
print(f'{10 ** 30:,} {-(10 ** 20):x} {2 ** 70:#o}')
print(repr('it\'s "quoted"'), repr('tab\tnewline\n\x00\x7f\xa0é😀'), 'a' 'b' f'{value}' 'c', rf'\n{value}', '\u2022\u00e9\x41\101')
total = 0
for i in range(6000):
    total += len(f'{i}:{i * 0.5:.1f}:{name!r}:{i:x}')
print(total)
