/* Faults of the test card, see entrain_faults.h. */
#define _GNU_SOURCE
#include "entrain_faults.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int path_of(const faults_t *faults, const char *name, char *path, size_t size)
{
	return faults->folder[0] && snprintf(path, size, "%s/%s", faults->folder, name) < (int)size;
}

int faults_there(const faults_t *faults, const char *name, long *number)
{
	char path[4200], text[32];
	if (!path_of(faults, name, path, sizeof path))
		return 0;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return 0;
	ssize_t length = read(fd, text, sizeof text - 1);
	close(fd);
	if (length <= 0)
		return 0;
	text[length] = 0;
	*number = strtol(text, NULL, 10);
	return 1;
}

int faults_take(const faults_t *faults, const char *name, long *number)
{
	char path[4200];
	return faults_there(faults, name, number) && path_of(faults, name, path, sizeof path) && unlink(path) == 0;
}
