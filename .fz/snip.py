
import warnings, json
warnings.simplefilter('ignore')
cases = ['@a\n', '(\n', 'x = \n', 'if x:\n', 'if x\n', 'def f(\n', 'x = (1,\n', 'try:\n    pass\n', '@a\n@b\n# c\n', 'async\n', 'x y\n', 'a C[T=int]\n', 'for x in y\n']

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
