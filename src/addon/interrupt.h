/* Ctrl-C while machine code or the interpreter runs and Node's event loop does not. */
#ifndef COPYJIT_INTERRUPT_H
#define COPYJIT_INTERRUPT_H

#include <stdint.h>

/* From now on SIGINT sets `flag` in `*word`. 0 on success, else -1 and errno. */
int watch_interrupt(int32_t *word, int32_t flag);

/* SIGINT is again handled as before watch_interrupt(). Safe to call at any time, any number of times. */
void unwatch_interrupt(void);

#endif
