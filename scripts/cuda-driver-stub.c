/* A CUDA driver library without a device: CUDA's own runtime then gives its own errors.
 *
 *   STUB_CUDA_ERROR    the result of everything that needs a device; default 100, no device
 *   STUB_CUDA_VERSION  the version of CUDA that the driver is for; default 13000, 13.0
 *
 * For scripts/verify-cuda-reasons.sh, which says how it is built.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

static int number(const char *variable, int otherwise) {
  const char *value = getenv(variable);
  return value ? atoi(value) : otherwise;
}

static int refuse(void) { return number("STUB_CUDA_ERROR", 100); }

int cuInit(unsigned flags) {
  (void)flags;
  return refuse();
}

int cuDriverGetVersion(int *version) {
  *version = number("STUB_CUDA_VERSION", 13000);
  return 0;
}

int cuDeviceGetCount(int *count) {
  *count = 0;
  return refuse();
}

int cuGetErrorString(int error, const char **text) {
  (void)error;
  *text = "an error of the stub";
  return 0;
}

int cuGetErrorName(int error, const char **text) {
  (void)error;
  *text = "CUDA_ERROR_OF_THE_STUB";
  return 0;
}

/* The one symbol that the provider itself binds. */
int cuTensorMapEncodeTiled(void) { return refuse(); }

int cuGetExportTable(const void **table, const void *id) {
  (void)id;
  *table = NULL;
  return 3;
}

/* CUDA's runtime takes every function from here; the ones that are not above refuse. */
int cuGetProcAddress_v2(const char *name, void **function, int version, unsigned long long flags,
                        int *status) {
  (void)version;
  (void)flags;
  Dl_info self;
  void *found = NULL;
  if (strcmp(name, "cuGetProcAddress") == 0) {
    found = (void *)cuGetProcAddress_v2;
  } else if (strncmp(name, "cu", 2) == 0 && dladdr((void *)cuInit, &self)) {
    void *library = dlopen(self.dli_fname, RTLD_NOLOAD | RTLD_NOW);
    found = library ? dlsym(library, name) : NULL;
  }
  *function = found ? found : (void *)refuse;
  if (status) *status = 0;
  return 0;
}

int cuGetProcAddress(const char *name, void **function, int version, unsigned long long flags) {
  return cuGetProcAddress_v2(name, function, version, flags, NULL);
}
