#!/usr/bin/env -S node --stack-size=3900
'use strict';
/** `copyjit run` under a name of its own, for what wants to start Python as `python3 ARGS...`: it is sys.executable. */
process.argv.splice(2, 0, 'run');
require('./copyjit.cjs');
