# string, textwrap, difflib, html, shlex, fnmatch, pprint, reprlib, tokenize, unicodedata.
import difflib, fnmatch, html, io, keyword, pprint, reprlib, shlex, string, textwrap, token, tokenize, unicodedata

print(string.Template("$a ${b} $$").substitute(a=1, b=2), string.capwords("hello wORLD"), string.Formatter().format("{0!r:>5}{x[k]}", "a", x={"k": 3}))
print(textwrap.wrap("the quick brown fox jumps over the lazy dog " * 3, 30), textwrap.dedent("  a\n   b\n"), textwrap.shorten("hello big world", 11), textwrap.indent("a\n\nb", "> "))
print("".join(difflib.unified_diff(["a\n", "b\n", "c\n"], ["a\n", "x\n", "c\n"], "f", "g")), difflib.get_close_matches("appel", ["ape", "apple", "peach"]), difflib.SequenceMatcher(None, "abcd", "bcde").ratio())
print(list(difflib.ndiff(["one", "two"], ["one", "tow"])))
print(html.escape("<a href='x'>&"), html.unescape("&lt;&eacute;&#233;&amp;"), shlex.split("a 'b c' \"d\\\"e\" f\\ g"), shlex.quote("it's"), fnmatch.filter(["a.py", "b.txt", "c.py"], "*.py"), fnmatch.translate("a*[!b]?"))
pprint.pprint({"a": list(range(30)), "b": {"c": "x" * 60, "d": ("y" * 50, 1)}, "e": {1, 2}}, width=60)
print(reprlib.repr(list(range(100))), pprint.pformat([[1, [2, [3]]]], depth=2))
for t in tokenize.generate_tokens(io.StringIO("if x:  # c\n  y = f'{x!r}'\n").readline):
    print(t.type, tokenize.tok_name[t.exact_type], repr(t.string), t.start, t.end)
print(tokenize.untokenize(tokenize.generate_tokens(io.StringIO("a = 1 # b\n").readline)), keyword.iskeyword("if"), token.tok_name[1])
print(unicodedata.name("é"), unicodedata.category("A"), unicodedata.normalize("NFD", "é") == "e\u0301", unicodedata.lookup("SNOWMAN"), "\N{EM DASH}")
