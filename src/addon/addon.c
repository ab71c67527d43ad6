/*
 * The door from JavaScript to machine code, in Node-API only: no C++, no V8 headers, so one build serves every Node
 * version. Its JavaScript side is the interface Addon in load.ts. There is one heap and one code region per process;
 * both live until the environment that mapped them ends.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <node_api.h>

#include "interrupt.h"
#include "memory.h"

static uint8_t *heap = NULL;
static size_t heap_size = 0;
static struct code_memory code = {NULL, NULL, 0};
static void (*entry)(void *heap_base) = NULL;

static napi_value fail(napi_env env, const char *what, int error) {
  char message[160];
  if (error == 0)
    snprintf(message, sizeof message, "%s", what);
  else
    snprintf(message, sizeof message, "%s: %s", what, strerror(error));
  napi_throw_error(env, NULL, message);
  return NULL;
}

/* Reads `count` numbers into `values`; false and an exception when there are fewer or they are no numbers >= 0. */
static bool read_numbers(napi_env env, napi_callback_info info, size_t count, int64_t *values) {
  napi_value arguments[4];
  size_t given = 4;
  bool good = napi_get_cb_info(env, info, &given, arguments, NULL, NULL) == napi_ok && given >= count;
  for (size_t i = 0; good && i < count; i++)
    good = napi_get_value_int64(env, arguments[i], &values[i]) == napi_ok && values[i] >= 0;
  if (!good) fail(env, "the addon was called with wrong arguments", 0);
  return good;
}

/*
 * The heap is memory of JavaScript's: WebAssembly code shares it, and WebAssembly can only share what it allocated. The
 * reference keeps it for as long as machine code may run.
 */
static napi_value use_heap(napi_env env, napi_callback_info info) {
  napi_value view;
  size_t given = 1;
  bool is_view = false;
  void *memory = NULL;
  size_t length = 0;
  if (napi_get_cb_info(env, info, &given, &view, NULL, NULL) != napi_ok || given < 1 ||
      napi_is_typedarray(env, view, &is_view) != napi_ok || !is_view ||
      napi_get_typedarray_info(env, view, NULL, &length, &memory, NULL, NULL) != napi_ok || memory == NULL)
    return fail(env, "the addon was called with wrong arguments", 0);
  if (heap != NULL) return fail(env, "there is a heap already", 0);
  napi_ref reference;
  if (napi_create_reference(env, view, 1, &reference) != napi_ok) return fail(env, "cannot keep the heap", 0);
  heap = memory;
  heap_size = length;
  return NULL;
}

static void release_code(napi_env env, void *data, void *hint) {
  (void)env;
  (void)hint;
  if (data != code.writable) return;
  entry = NULL;
  unmap_memory(code.writable, code.size);
  unmap_memory(code.executable, code.size);
  memset(&code, 0, sizeof code);
}

static napi_value map_code(napi_env env, napi_callback_info info) {
  int64_t numbers[2];
  if (!read_numbers(env, info, 2, numbers)) return NULL;
  size_t size = (size_t)numbers[0];
  size_t address_at = (size_t)numbers[1];
  if (code.writable != NULL) return fail(env, "code memory is mapped already", 0);
  if (heap == NULL || heap_size < 8 || address_at > heap_size - 8 || address_at % 8 != 0)
    return fail(env, "the address of code memory must lie in the heap", 0);
  struct code_memory fresh;
  if (map_code_memory(size, &fresh) != 0) return fail(env, "cannot map code memory", errno);
  napi_value buffer;
  if (napi_create_external_arraybuffer(env, fresh.writable, size, release_code, NULL, &buffer) != napi_ok) {
    unmap_memory(fresh.writable, size);
    unmap_memory(fresh.executable, size);
    return fail(env, "this Node gives no external ArrayBuffer", 0);
  }
  code = fresh;
  entry = (void (*)(void *))(uintptr_t)code.executable;
  uint64_t address = (uint64_t)(uintptr_t)code.executable;
  memcpy(heap + address_at, &address, sizeof address);
  return buffer;
}

static napi_value publish(napi_env env, napi_callback_info info) {
  int64_t numbers[2];
  if (!read_numbers(env, info, 2, numbers)) return NULL;
  size_t offset = (size_t)numbers[0];
  size_t length = (size_t)numbers[1];
  if (offset > code.size || length > code.size - offset) return fail(env, "not a range of code memory", 0);
  publish_code(&code, offset, length);
  return NULL;
}

/* The hot one: no argument is read, nothing is returned, everything goes through the heap. */
static napi_value enter(napi_env env, napi_callback_info info) {
  (void)info;
  if (entry == NULL || heap == NULL) return fail(env, "there is no code to enter", 0);
  entry(heap);
  return NULL;
}

static napi_value watch(napi_env env, napi_callback_info info) {
  napi_value arguments[3];
  size_t given = 3;
  bool on = false;
  int64_t word = 0;
  int64_t flag = 0;
  if (napi_get_cb_info(env, info, &given, arguments, NULL, NULL) != napi_ok || given < 1 ||
      napi_get_value_bool(env, arguments[0], &on) != napi_ok ||
      (on && (given < 3 || napi_get_value_int64(env, arguments[1], &word) != napi_ok ||
              napi_get_value_int64(env, arguments[2], &flag) != napi_ok)))
    return fail(env, "the addon was called with wrong arguments", 0);
  if (!on) {
    unwatch_interrupt();
    return NULL;
  }
  if (heap == NULL || word < 0 || (size_t)word >= heap_size / 4)
    return fail(env, "the interrupt word must lie in the heap", 0);
  if (watch_interrupt((int32_t *)(void *)heap + word, (int32_t)flag) != 0)
    return fail(env, "cannot watch SIGINT", errno);
  return NULL;
}

/* Runs before Node frees the buffers: no signal may find the heap gone. */
static void tear_down(void *data) {
  (void)data;
  unwatch_interrupt();
  entry = NULL;
  heap = NULL;
  heap_size = 0;
}

static bool add(napi_env env, napi_value exports, const char *name, napi_callback function) {
  napi_value value;
  return napi_create_function(env, name, NAPI_AUTO_LENGTH, function, NULL, &value) == napi_ok &&
         napi_set_named_property(env, exports, name, value) == napi_ok;
}

NAPI_MODULE_INIT() {
  bool good = add(env, exports, "useHeap", use_heap) && add(env, exports, "mapCode", map_code) &&
              add(env, exports, "publish", publish) && add(env, exports, "enter", enter) &&
              add(env, exports, "watchInterrupt", watch) &&
              napi_add_env_cleanup_hook(env, tear_down, NULL) == napi_ok;
  return good ? exports : fail(env, "the addon cannot register its functions", 0);
}
