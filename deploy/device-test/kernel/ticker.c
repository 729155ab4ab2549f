/*
 * Tells the host the unit's CLOCK_MONOTONIC every so many ms (its one argument), over a virtio port: what the host feeds the
 * unit, such as the serial insole's readings, goes by the unit's time then. Built by build/kernel for arm64.
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

int main(int count, char **words)
{
	int port = open("/dev/virtio-ports/lane.clock", O_WRONLY | O_NONBLOCK);
	long every_ms = count > 1 ? atol(words[1]) : 1000;
	struct timespec now, next;

	if (port < 0 || every_ms < 1)
		return 1;
	clock_gettime(CLOCK_MONOTONIC, &next);
	for (;;) {
		uint64_t ns;

		next.tv_sec += every_ms / 1000;
		next.tv_nsec += every_ms % 1000 * 1000000;
		if (next.tv_nsec >= 1000000000) {
			next.tv_nsec -= 1000000000;
			next.tv_sec++;
		}
		clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &next, 0);
		clock_gettime(CLOCK_MONOTONIC, &now);
		ns = (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
		/* A port nobody reads takes nothing more; the next tick says it all again. */
		if (write(port, &ns, sizeof(ns)) < 0)
			continue;
	}
}
