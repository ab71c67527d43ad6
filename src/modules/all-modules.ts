/** Loads every module that is written in TypeScript, so that its natives are declared. */
import './codecs.ts';
import './errno.ts';
import './functools.ts';
import './gc.ts';
import './iteration-builtins.ts';
import './math.ts';
import './operator-getters.ts';
import './operator.ts';
import './printing.ts';
import './scalar-builtins.ts';
import './sre.ts';
import './standard-streams.ts';
import './sys.ts';
import './templates.ts';
import './time.ts';
import './typing.ts';
import './weakref.ts';
