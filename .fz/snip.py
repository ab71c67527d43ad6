
import warnings, json
warnings.simplefilter('ignore')
cases = ["x = {**a, 'b'1: 2}\n", 'x = {**a, b 1: 2}\n', 'x = {**a, 1 b: 2}\n', "x = {'b'1: 2}\n", "x = {1: 2, 'b'1: 2}\n", "x = {1: 2, 'b' c: 2}\n", 'x = {1: 2, b c: 2}\n', 'x = {1: 2, 1 c: 2}\n', "x = {1: 2, b 'c': 2}\n", "x = {1: 2, 'b' c}\n", "x = {1: 2, 'b' c, 3}\n", 'x = {1: 2, c, 3}\n', 'x = {1: 2, c**}\n', 'x = {1: 2, c**, 3}\n', 'x = {1: 2, c +}\n', 'x = {1: 2, c.}\n', 'x = {1: 2, c(}\n', 'x = {1: 2, (c d): 3}\n', 'x = {1: 2, c: d e}\n', 'x = {1: d e}\n', 'x = {1: d e, 2: 3}\n', 'x = {1: 2, c if d: 3}\n', 'x = {1: 2, c if d}\n', "x = {1: 2, 'b' 3 } : 1}\n", "x = {1: 2, 'b' } : 1}\n", 'x = {1: 2, lambda}\n', 'x = {1: 2, pass}\n', 'x = {1: 2, not}\n', 'x = {1: 2, *a}\n', 'x = {1: 2, **}\n', 'x = {1: 2, ,}\n', 'x = {1: 2\nw = 3\n', 'x = {1: 2,\nw = 3\ny = 4\n', 'x = {1: [2, 3],\nw = f(\n    a,\n)\n', 'x = {1: 2,\nw.e = f()\ny = 4\n', 'x = {1: 2,\nf(x)\ny = 4\n', 'x = {1: 2,\nf(x)\n', 'x = [1,\nf(x)\ny = 4\n', "x = {\n   'a': 1\n   'b': 2\n}\n", "x = {\n   'a': 1,\n   'b' 2\n}\n", "x = {\n   'a': f(1)\n   'b': 2\n}\n", "x = {\n   'a' f(1),\n   'b': 2\n}\n"]

def run():
    for s in cases:
        try:
            compile(s,'f','exec')
            print('["ok"]')
        except SyntaxError as e:
            print(json.dumps([type(e).__name__, e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset, e.text]))
        except Exception as e:
            print(json.dumps([type(e).__name__, str(e)]))
run()
