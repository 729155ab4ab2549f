/*
 * The line between the playing and the recording side of the test card: every frame that was given, by its number, and
 * when it is heard. In a file mapped by both sides, which may be different processes.
 */
#ifndef ENTRAIN_LINE_H
#define ENTRAIN_LINE_H

#include <alsa/asoundlib.h>
#include <stdint.h>

#define NS_PER_S 1000000000LL
#define LINE_FRAMES 65536 /* more than any buffer and any delay together */

typedef struct {
	int64_t start_ns;    /* when frame 0 of the stream is heard, CLOCK_MONOTONIC; 0 before the start */
	double ns_per_frame;
	uint64_t filled;     /* frames given since the stream began; beyond them is silence */
	uint64_t end;        /* first frame that is not heard any more because the stream ended */
	int32_t frames[LINE_FRAMES][2]; /* left and right, 32 bit whatever the format of the stream */
} line_t;

/* Maps the line of a file, made if it is not there, or a private one without a name; NULL if that fails. */
line_t *line_open(const char *path);
void line_close(line_t *line);

/* What is heard at a moment. */
void line_heard(const line_t *line, int64_t at_ns, int32_t stereo[2]);

/* One frame from and to the bytes of a stream; mono is both channels alike, and back the left one. */
void frame_decode(const uint8_t *from, snd_pcm_format_t format, unsigned int channels, int32_t stereo[2]);
void frame_encode(const int32_t stereo[2], snd_pcm_format_t format, unsigned int channels, uint8_t *to);

#endif
