/**
 * The oracle's child process: holds CPython 3.14 (pyodide) and answers the requests that test/oracle.ts sends. Each
 * program gets a fresh `__main__`, and modules, paths and streams as a fresh interpreter has them.
 */
import { dirname } from 'node:path';
import { loadPyodide } from 'pyodide';
import type { OracleAnswer, OracleRequest } from './oracle.ts';

const runner = `
import builtins, io, linecache, sys, traceback, types

_modules = dict(sys.modules)
_path = [entry for entry in sys.path if entry]
_builtins = dict(vars(builtins))

def run_program(file, code, args, stdin):
    sys.modules.clear()
    sys.modules.update(_modules)
    for name in vars(builtins).keys() - _builtins.keys():
        delattr(builtins, name)
    vars(builtins).update(_builtins)
    linecache.clearcache()
    sys.path_importer_cache.clear()
    sys.path[:] = [file.rpartition('/')[0] if file else ''] + _path
    sys.argv = [file or '-c', *args]
    sys.setrecursionlimit(1000)
    main = types.ModuleType('__main__')
    main.__builtins__ = builtins
    sys.modules['__main__'] = main
    out, err = io.BytesIO(), io.BytesIO()
    sys.stdin = sys.__stdin__ = io.TextIOWrapper(io.BytesIO(stdin.encode()), 'utf-8')
    sys.stdout = sys.__stdout__ = io.TextIOWrapper(out, 'utf-8', newline='\\n', write_through=True)
    sys.stderr = sys.__stderr__ = io.TextIOWrapper(err, 'utf-8', 'backslashreplace', newline='\\n', write_through=True)
    status = 0
    try:
        if file:
            main.__file__ = file
            with open(file, 'rb') as stream:
                source = stream.read()
        else:
            source = code
        exec(compile(source, file or '<string>', 'exec', dont_inherit=True), vars(main))
    except SystemExit as exit:
        if exit.code is None:
            status = 0
        elif isinstance(exit.code, int):
            status = exit.code & 255
        else:
            print(exit.code, file=sys.stderr)
            status = 1
    except BaseException as error:
        status = 130 if isinstance(error, KeyboardInterrupt) else 1
        # The first frame is this function's.
        trace = error.__traceback__.tb_next
        if not file:
            linecache.cache['<string>'] = len(code), None, code.splitlines(True), '<string>'
        traceback.print_exception(error.with_traceback(trace))
    return out.getvalue().decode('utf-8', 'backslashreplace'), err.getvalue().decode('utf-8', 'backslashreplace'), status

run_program
`;

const python = await loadPyodide();
const runProgram = python.runPython(runner);
const mounted = new Set<string>();

function answer(request: OracleRequest): OracleAnswer {
  if (request.file !== undefined) {
    const folder = dirname(request.file);
    if (!mounted.has(folder)) {
      // Under its real path, so that tracebacks name the file as everybody else does.
      python.mountNodeFS(folder, folder);
      mounted.add(folder);
    }
  }
  const result = runProgram(
    request.file ?? null,
    request.code ?? null,
    python.toPy(request.args ?? []),
    request.stdin ?? '',
  );
  const [stdout, stderr, status] = result.toJs();
  result.destroy();
  return { stdout, stderr, status };
}

process.on('message', (request) => {
  process.send?.(answer(request as OracleRequest));
});
