# Language reference, chapter 9: top-level components. Complete programs, file input and expression input.
import __main__
import sys

print(__name__, __main__ is sys.modules["__main__"], __main__.__name__)
print("__builtins__" in globals(), __doc__, __package__, __spec__)

# 9.2 File input: statements and newlines, through exec()
namespace = {}
exec("\n\nx = 1\n\n\ny = x + 1\n", namespace)
print(namespace["x"], namespace["y"])
exec("", namespace)
exec("# nothing but a comment", namespace)
exec("if True:\n    z = 3", namespace)
print(namespace["z"])

# 9.4 Expression input: eval() ignores leading white space and newlines at the end
print(eval("1 + 2"), eval("  3 * 4\n"), eval("\t(5,\n6)\n\n"))
for wrong in ["", "x = 1", "pass", "1; 2"]:
    try:
        eval(wrong)
    except SyntaxError as error:
        print(repr(wrong), type(error).__name__)

# 9.3 Interactive input: single statements, whose expression values go to sys.displayhook
shown = []
sys.displayhook = shown.append
exec(compile("1 + 1", "<single>", "single"), namespace)
exec(compile("None\n", "<single>", "single"), namespace)
exec(compile("w = 5", "<single>", "single"), namespace)
exec(compile("for i in range(2): i\n", "<single>", "single"), namespace)
sys.displayhook = sys.__displayhook__
print(shown, namespace["w"])
