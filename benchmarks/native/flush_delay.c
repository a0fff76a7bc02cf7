/*
 * Makes each flush take longer, as on a disk of a cloud: to be preloaded into one command. Calls the real fsync or
 * fdatasync first and then sleeps, so that durability is as before. At its end each process that flushed adds a line
 * "<pid> <flushes>" to the file named by BENCH_FLUSH_LOG, which proves that the delay was in place.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static atomic_long flushes;

static void delay(void) {
    const char *text = getenv("BENCH_FLUSH_MICROS");
    long micros = text ? atol(text) : 0;
    struct timespec left = {micros / 1000000, (micros % 1000000) * 1000};
    atomic_fetch_add(&flushes, 1);
    while (nanosleep(&left, &left) != 0) {
        /* Interrupted: sleeps on for what is left. */
    }
}

int fsync(int descriptor) {
    static int (*real)(int);
    if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
    int result = real(descriptor);
    delay();
    return result;
}

int fdatasync(int descriptor) {
    static int (*real)(int);
    if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
    int result = real(descriptor);
    delay();
    return result;
}

__attribute__((destructor)) static void report(void) {
    const char *path = getenv("BENCH_FLUSH_LOG");
    long count = atomic_load(&flushes);
    if (!path || count == 0) return;
    char line[64];
    int length = snprintf(line, sizeof line, "%d %ld\n", (int)getpid(), count);
    int file = open(path, O_WRONLY | O_CREAT | O_APPEND, 0644);
    if (file >= 0) {
        if (write(file, line, (size_t)length) != length) {
            /* A line that is missing is noticed by whoever reads the file. */
        }
        close(file);
    }
}
