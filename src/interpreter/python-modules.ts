/**
 * Native modules of CPython that copyjit has in Python (src/modules/NAME.py): what is neither hot nor close to the virtual
 * machine. They are compiled at build time and run when they are imported.
 */
import type { CodeDescription } from '../compiler/code.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { registerModule } from '../objects/modules.ts';
import { runCode } from './execute-code.ts';
import { loadCode } from './loader.ts';
import { type PythonSource, sourceDescription } from './python-sources.ts';

/** The module that sysconfig looks for beside CPython's build (sysconfig._get_sysconfigdata_name). */
const machine = process.arch === 'arm64' ? 'aarch64' : 'x86_64';
const buildData =
  process.platform === 'darwin'
    ? '_sysconfigdata__darwin_darwin'
    : `_sysconfigdata__${process.platform}_${machine}-linux-gnu`;

const modules: readonly [name: string, source: PythonSource][] = [
  ['_locale', '_locale'],
  ['_codecs_cn', '_codecs_multibyte'],
  ['_codecs_hk', '_codecs_multibyte'],
  ['_codecs_iso2022', '_codecs_multibyte'],
  ['_codecs_jp', '_codecs_multibyte'],
  ['_codecs_kr', '_codecs_multibyte'],
  ['_codecs_tw', '_codecs_multibyte'],
  ['_multibytecodec', '_multibytecodec'],
  ['_sysconfig', '_sysconfig'],
  [buildData, '_sysconfig'],
  ['_tracemalloc', '_tracemalloc'],
  ['_zoneinfo', '_zoneinfo'],
  ['cmath', 'cmath'],
  ['resource', 'resource'],
  ['faulthandler', 'faulthandler'],
  ['opcode', 'opcode'],
  ['dis', 'dis'],
];

/** The compiled code of a module that `-m` runs although it is no file, or null. */
export function runnableModule(name: string): CodeDescription | null {
  return name === 'dis' ? sourceDescription(name) : null;
}

for (const [name, source] of modules) {
  registerModule(name, (dict) => {
    const slot = pushSlots(1);
    runCode(loadCode(sourceDescription(source)), dict, 0, slot);
    popSlots(1);
  });
}
