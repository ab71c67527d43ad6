"""The language reference, chapter 2: lines, identifiers, literals, operators; what is refused and where."""


def refused(source):
    try:
        compile(source, "<program>", "exec")
    except SyntaxError as error:
        print(type(error).__name__, error.msg, error.lineno, error.offset, error.end_lineno, error.end_offset)
    else:
        print("accepted", ascii(source))


# 2.1 line structure: joining, blank lines, form feeds, indentation
if True: \
    joined = (1,  # a comment

              2,
              3)
print(joined)
exec("if 1:\n\n  # less\n # even less\n  a = 1\n\f  b = 2\nprint(a, b)")
exec("if 1:\n\ta = 1\n\tif a:\n\t        b = 3\nprint(a, b)")
for text in (
    "if 1:\n  a\n b",
    "  a",
    "if 1:\na",
    "if 1:\n\ta\n        b",
    "a = 1 \\ \nb",
    "a = (1,\n",
    "a = )",
    "a = (1]",
    "x = 1\n  y = 2",
    "while 1:\n    pass\n   pass",
    "a \\",
):
    refused(text)

# 2.3 identifiers: normalization, soft keywords
ﬁne = 1
print(fine, "ﬁne" in globals(), "fine" in globals())
match = case = type = _ = 5
print(match + case + type + _)
naïve = ªº = 变量 = 3
print(naïve + ªº + 变量)
for text in ("None = 1", "def f(True): pass", "a€ = 1", "a·b = 1; ·a = 1", "class = 1", "x = 1²", "print(a b)", "async = 1"):
    refused(text)

# 2.5 string and bytes literals
print("a" 'b' """c""" r"\d", b"a" rb"\d" b'\xff', u"é\u00e9\U0001F600\x41\101\N{DIGIT ONE}")
print('''a
b''', "tab\tbell\a".__repr__(), "\
joined", "\'\"")
for text in ("'\\x1'", "'\\u12'", "'\\U00110000'", "b'é'", "'a' b'a'", "'abc", "'''abc", "'\\N{no such}'", "'\\N'", "ub'a'", "fb'a'"):
    refused(text)

# f-strings
width, value = 8, 3.14159
print(f"{value:{width}.3}|{value!r:>{width}}|{value = :.2f}|{'nested' + f'{1 + 1}'}|{{}}|{ {1: 2}[1] }")
print(f"{'a' if value > 3 else 'b'}", f"{(lambda x: x * 2)(3)}", f'{"quotes " 'of any kind'}', f"{value!s:^12}|")
print(f"""{
    value  # a comment
    :.1f}""", rf"\{value:.0f}\n", f"{value:%}", f"{10:#x}{10:{'0'}>5}")
for text in ("f'{}'", "f'{a b}'", "f'{a!x}'", "f'{a:{b:{c:{d}}}}'", "f'{a'", "f'}'", "f'{lambda x: 1}'", "f'{a:}}'", "f'{*}'"):
    refused(text)

# 2.6 numbers
print(0b1010, 0o17, 0xFF, 1_000_000, 0_0, 1e3, 1.5e-3, .5, 5., 1_0.0_1, 3j, 1e400, 0XaB, 00)
for text in ("07", "1__0", "1_", "0x", "0b2", "0o8", "1e", "1_.0", "0xg", "1a", "1.2.3", "1if2else3", "0b1_", "123abc"):
    refused(text)

# operators and delimiters
print(1 if 2 else 3, not 1, 2 ** -1, -2 ** 2, ~5, 7 // -2, 7 % -2, 1 << 3 >> 1, 6 & 3 | 8 ^ 1, ..., 1 <= 2 != 3)
for text in ("a $ b", "a ? b", "a ! b", "a <> b", "a := 1", "a++", "a &&b", "x = = 1", "x =! 1", "a ->b"):
    refused(text)
