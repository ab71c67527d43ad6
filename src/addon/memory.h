/* What the parts of the addon share: the one code region of the process. See addon.c. */
#ifndef COPYJIT_MEMORY_H
#define COPYJIT_MEMORY_H

#include <stddef.h>
#include <stdint.h>

/* One piece of memory at two addresses: `writable` is never executable, `executable` never writable. */
struct code_memory {
  uint8_t *writable;
  uint8_t *executable;
  size_t size;
};

/* 0 on success; else -1, errno is set and nothing stays mapped. */
int map_code_memory(size_t size, struct code_memory *code);
void unmap_memory(void *address, size_t size);

/* After a write to [offset, offset + length): what the processor fetches from `executable` is what was written. */
void publish_code(const struct code_memory *code, size_t offset, size_t length);

#endif
