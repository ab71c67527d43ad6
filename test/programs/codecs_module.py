# _codecs by itself: the functions that the encodings package is made of, the registries, error handlers in Python.
import _codecs


def attempt(function, *args):
    try:
        print(function.__name__, args, function(*args))
    except Exception as error:
        print(function.__name__, type(error).__name__, error)


attempt(_codecs.utf_8_decode, b"a\xc3\xa9\xe2\x82", "strict", False)
attempt(_codecs.utf_8_decode, b"a\xc3\xa9\xe2\x82", "strict", True)
attempt(_codecs.utf_8_decode, b"\xed\xa0\x80", "surrogatepass", True)
attempt(_codecs.utf_8_encode, "\ud800x", "surrogatepass")
attempt(_codecs.utf_16_ex_decode, b"\xfe\xff\x00a\xd8", "strict", 0, False)
attempt(_codecs.utf_16_decode, b"\xff\xfea\x00\x00\xd8", "strict", False)
attempt(_codecs.utf_32_ex_decode, b"a\0\0\0b", "strict", 0, False)
attempt(_codecs.utf_16_encode, "a\U00012345", "strict", 1)
attempt(_codecs.utf_16_le_encode, "a\ud800", "backslashreplace")
attempt(_codecs.utf_7_encode, "a+b\xe9~\\\U00012345 x-")
for data in (b"+AGEA-a+-b", b"+AGE", b"+@a", b"\xff", b"+IKx", b"+AB", b"+ABC", b"+2AHcQQ-"):
    attempt(_codecs.utf_7_decode, data, "strict", True)
attempt(_codecs.escape_decode, b"a\\x4", "strict")
attempt(_codecs.escape_decode, b"a\\q\\101\\x41\\n", "strict")
attempt(_codecs.escape_encode, b"a'\\\n\x00\xff\"")
for data in (b"\\u12", b"\\U00110000", b"\\Nfoo}", b"\\xg", b"a\\", b"\\101\\x41\xff\\n"):
    attempt(_codecs.unicode_escape_decode, data)
attempt(_codecs.unicode_escape_decode, b"abc\\u12", "strict", False)
attempt(_codecs.raw_unicode_escape_decode, b"\\u0041\\\\u0041\\n")
attempt(_codecs.raw_unicode_escape_encode, "a\n\\\xff\u1234\U00012345'")
attempt(_codecs.unicode_escape_encode, "a\n\\\xff\u1234\U00012345'")
attempt(_codecs.charmap_encode, "abc\u20ac", "strict", {97: 98})
attempt(_codecs.charmap_encode, "a", "strict", {97: 300})
attempt(_codecs.charmap_encode, "ab", "strict", {97: b"xyz", 98: b""})
attempt(_codecs.charmap_encode, "ab", "replace", {63: 33})
attempt(_codecs.charmap_decode, b"ab", "strict", "x")
attempt(_codecs.charmap_decode, b"ab", "strict", {97: "xyz", 98: 0x20AC})
attempt(_codecs.charmap_decode, b"ab", "replace", {97: None})
print(_codecs.charmap_build("abc\u1234"))


def dotted(error):
    return "." * (error.end - error.start), error.end


def dashes(error):
    return b"--", error.end


def backwards(error):
    return "x", error.end - error.start - 100


def wrong(error):
    return 42


_codecs.register_error("test.dotted", dotted)
_codecs.register_error("test.dashes", dashes)
_codecs.register_error("test.backwards", backwards)
_codecs.register_error("test.wrong", wrong)
for name in ("test.dotted", "test.dashes", "test.backwards", "test.wrong", "test.unknown"):
    for encoding in ("ascii", "latin-1", "utf-8", "utf-16-le"):
        attempt(_codecs.encode, "a\u20ac\ud800b", encoding, name)
    attempt(_codecs.decode, b"a\xff\xfeb", "ascii", name)
    attempt(_codecs.decode, b"a\xff\xfeb", "utf-8", name)

for name in ("strict", "ignore", "replace", "backslashreplace", "xmlcharrefreplace", "surrogateescape", "surrogatepass"):
    handler = _codecs.lookup_error(name)
    print(name, handler is _codecs.lookup_error(name))
    attempt(handler, UnicodeEncodeError("ascii", "a\udc80\u20acb", 1, 3, "why"))
    attempt(handler, UnicodeDecodeError("utf-8", b"a\xed\xb2\x80", 1, 3, "why"))
    attempt(handler, UnicodeTranslateError("a\u20acb", 1, 2, "why"))
    attempt(handler, ValueError("x"))


def search(name):
    if name != "test_codec":
        return None
    return (lambda text, errors="strict": (text.upper().encode(), len(text)),
            lambda data, errors="strict": (bytes(data).decode().lower(), len(data)), None, None)


_codecs.register(search)
print("abc".encode("Test Codec"), b"ABC".decode("test codec"), str(b"XY", "test-codec"))
_codecs.unregister(search)
attempt(_codecs.lookup, "test codec")
