/*
 * The memory mappings. Code memory is mapped twice instead of being switched between writable and executable: no mapping
 * is ever both, and a trace can be linked while others run. Linux: two mappings of an anonymous file; macOS: the kernel
 * remaps the same pages.
 */
#define _GNU_SOURCE
#include "memory.h"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

#ifdef __APPLE__
#include <mach/mach.h>
#include <mach/mach_vm.h>
#endif

#ifndef MAP_ANONYMOUS
#define MAP_ANONYMOUS MAP_ANON
#endif

void unmap_memory(void *address, size_t size) {
  if (address != NULL) munmap(address, size);
}

#ifdef __APPLE__

int map_code_memory(size_t size, struct code_memory *code) {
  void *writable = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (writable == MAP_FAILED) return -1;
  mach_vm_address_t executable = 0;
  vm_prot_t current, maximum;
  kern_return_t result =
      mach_vm_remap(mach_task_self(), &executable, size, 0, VM_FLAGS_ANYWHERE, mach_task_self(),
                    (mach_vm_address_t)(uintptr_t)writable, FALSE, &current, &maximum, VM_INHERIT_NONE);
  if (result != KERN_SUCCESS) {
    munmap(writable, size);
    errno = ENOMEM;
    return -1;
  }
  if (mprotect((void *)(uintptr_t)executable, size, PROT_READ | PROT_EXEC) != 0) {
    int saved = errno;
    munmap((void *)(uintptr_t)executable, size);
    munmap(writable, size);
    errno = saved;
    return -1;
  }
  code->writable = writable;
  code->executable = (uint8_t *)(uintptr_t)executable;
  code->size = size;
  return 0;
}

#else

int map_code_memory(size_t size, struct code_memory *code) {
  int file = memfd_create("copyjit-code", MFD_CLOEXEC);
  if (file < 0) return -1;
  void *writable = MAP_FAILED;
  void *executable = MAP_FAILED;
  if (ftruncate(file, (off_t)size) == 0) {
    writable = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (writable != MAP_FAILED) executable = mmap(NULL, size, PROT_READ | PROT_EXEC, MAP_SHARED, file, 0);
  }
  int saved = errno;
  close(file);
  if (executable == MAP_FAILED) {
    if (writable != MAP_FAILED) munmap(writable, size);
    errno = saved;
    return -1;
  }
  code->writable = writable;
  code->executable = executable;
  code->size = size;
  return 0;
}

#endif

void publish_code(const struct code_memory *code, size_t offset, size_t length) {
  char *start = (char *)code->executable + offset;
  /* Nothing to do on x86-64, where the compiler makes this no instruction at all. */
  __builtin___clear_cache(start, start + length);
}
