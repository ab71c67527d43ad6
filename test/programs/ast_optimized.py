"""The trees of ast.parse(optimize=...)."""
import ast
for src in ["'%s' % (a,)", "'a%rb%%c%-5sd%5.3a' % (a, b, c)", "'%d' % (a,)", "'%s' % a", "'%s %s' % (a,)", "'%(x)s' % (a,)", "'%5s' % (*a,)", "__debug__", "match x:\n case -1: pass\n case 1+2j: pass\n case -0.1-1j: pass\n case {-0j: 1, -3: y}: pass\n case [-1, (2-3j)]: pass", "def f():\n 'doc'\n", "class A:\n 'doc'\n x = 1", "'doc'", "async def f():\n 'x'", "1+2", "('%.s' % (a,), '%c' % (b,))"]:
    for o in 0, 1, 2:
        print(ast.dump(ast.parse(src, optimize=o), include_attributes=True))
