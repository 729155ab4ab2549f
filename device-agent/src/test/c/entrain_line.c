/* The line of the test card, see entrain_line.h. */
#define _GNU_SOURCE
#include "entrain_line.h"

#include <fcntl.h>
#include <math.h>
#include <sys/mman.h>
#include <unistd.h>

line_t *line_open(const char *path)
{
	int fd = -1;
	if (path) {
		fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
		if (fd < 0 || ftruncate(fd, sizeof(line_t)) < 0) {
			if (fd >= 0)
				close(fd);
			return NULL;
		}
	}
	void *mapped = mmap(NULL, sizeof(line_t), PROT_READ | PROT_WRITE,
			    path ? MAP_SHARED : MAP_PRIVATE | MAP_ANONYMOUS, fd, 0);
	if (fd >= 0)
		close(fd);
	return mapped == MAP_FAILED ? NULL : mapped;
}

void line_close(line_t *line)
{
	if (line)
		munmap(line, sizeof *line);
}

void line_heard(const line_t *line, int64_t at_ns, int32_t stereo[2])
{
	int64_t start_ns = __atomic_load_n(&line->start_ns, __ATOMIC_ACQUIRE);
	uint64_t filled = __atomic_load_n(&line->filled, __ATOMIC_ACQUIRE);
	/* A thousandth of a frame against rounding, so that two clocks of one rate keep one distance. */
	double frame = floor((at_ns - start_ns) / line->ns_per_frame + 1e-3);
	stereo[0] = stereo[1] = 0;
	if (start_ns == 0 || frame < 0)
		return;
	uint64_t number = (uint64_t)frame;
	if (number < filled && number < line->end && filled - number <= LINE_FRAMES) {
		stereo[0] = line->frames[number % LINE_FRAMES][0];
		stereo[1] = line->frames[number % LINE_FRAMES][1];
	}
}

static size_t sample_bytes(snd_pcm_format_t format)
{
	return (size_t)snd_pcm_format_physical_width(format) / 8;
}

void frame_decode(const uint8_t *from, snd_pcm_format_t format, unsigned int channels, int32_t stereo[2])
{
	size_t bytes = sample_bytes(format);
	for (unsigned int channel = 0; channel < 2; channel++) {
		const uint8_t *sample = from + (channel < channels ? channel * bytes : 0);
		uint32_t value = 0;
		/* All formats are little endian and whole, so their bytes are the upper ones of 32 bit. */
		for (size_t i = 0; i < bytes; i++)
			value |= (uint32_t)sample[i] << (8 * (4 - bytes + i));
		stereo[channel] = (int32_t)value;
	}
}

void frame_encode(const int32_t stereo[2], snd_pcm_format_t format, unsigned int channels, uint8_t *to)
{
	size_t bytes = sample_bytes(format);
	for (unsigned int channel = 0; channel < channels; channel++)
		for (size_t i = 0; i < bytes; i++)
			*to++ = (uint8_t)((uint32_t)stereo[channel] >> (8 * (4 - bytes + i)));
}
