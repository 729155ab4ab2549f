/*
 * How long this machine itself holds a program up: on every core a thread above everything else (SCHED_FIFO 70 where that
 * is permitted) sleeps 1 ms at a time and notes by how much it wakes late. A line every 100 ms, until it is ended:
 *
 *   NS LATE      CLOCK_MONOTONIC, and the latest wake-up on any core since the line before, both in ns
 *
 * The first line is "fifo 1", or "fifo 0" where the priority was not granted.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define NS_PER_S 1000000000LL
#define NAP_NS 1000000LL
#define TELL_NS 100000000LL
#define PRIORITY 70
#define MOST_CORES 64

static atomic_llong latest_ns;

static int64_t now_ns(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * NS_PER_S + t.tv_nsec;
}

static void sleep_until(int64_t ns)
{
	struct timespec t = {ns / NS_PER_S, ns % NS_PER_S};
	while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL) == EINTR)
		continue;
}

static void *watch(void *core)
{
	cpu_set_t one;
	CPU_ZERO(&one);
	CPU_SET((size_t)(intptr_t)core, &one);
	pthread_setaffinity_np(pthread_self(), sizeof one, &one);
	for (;;) {
		int64_t wanted = now_ns() + NAP_NS;
		sleep_until(wanted);
		long long late = now_ns() - wanted;
		long long seen = atomic_load(&latest_ns);
		while (late > seen && !atomic_compare_exchange_weak(&latest_ns, &seen, late))
			continue;
	}
	return NULL;
}

int main(void)
{
	struct sched_param high = {.sched_priority = PRIORITY};
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	pthread_t thread;
	/* Threads inherit it. */
	printf("fifo %d\n", sched_setscheduler(0, SCHED_FIFO, &high) == 0);
	for (long core = 0; core < cores && core < MOST_CORES; core++)
		if (pthread_create(&thread, NULL, watch, (void *)(intptr_t)core) != 0)
			return EXIT_FAILURE;
	for (int64_t next = now_ns() + TELL_NS;; next += TELL_NS) {
		sleep_until(next);
		printf("%lld %lld\n", (long long)now_ns(), (long long)atomic_exchange(&latest_ns, 0));
		fflush(stdout);
	}
}
