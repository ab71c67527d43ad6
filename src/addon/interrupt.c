/*
 * The SIGINT handler. It stays installed until it is taken away (no SA_RESETHAND), so that a second Ctrl-C after the
 * first was noticed counts again. System calls of Node are restarted: libuv is not written to see them fail.
 */
#define _GNU_SOURCE
#include "interrupt.h"

#include <signal.h>
#include <stddef.h>

static int32_t *watched_word = NULL;
static int32_t watched_flag;
static int installed = 0;
static struct sigaction previous;

static void on_interrupt(int signal_number) {
  (void)signal_number;
  int32_t *word = __atomic_load_n(&watched_word, __ATOMIC_ACQUIRE);
  if (word != NULL) __atomic_fetch_or(word, watched_flag, __ATOMIC_SEQ_CST);
}

int watch_interrupt(int32_t *word, int32_t flag) {
  watched_flag = flag;
  __atomic_store_n(&watched_word, word, __ATOMIC_RELEASE);
  if (installed) return 0;
  struct sigaction action = {0};
  action.sa_handler = on_interrupt;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  if (sigaction(SIGINT, &action, &previous) != 0) return -1;
  installed = 1;
  return 0;
}

void unwatch_interrupt(void) {
  if (installed) sigaction(SIGINT, &previous, NULL);
  installed = 0;
  __atomic_store_n(&watched_word, NULL, __ATOMIC_RELEASE);
}
