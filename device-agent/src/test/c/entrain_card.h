/*
 * A sound card for tests: an ALSA I/O plug-in whose position comes from CLOCK_MONOTONIC at an exact rate. What is heard is
 * written to a file, frame by frame as the position passes them: a frame taken back or written anew in time (snd_pcm_rewind)
 * is in it as it sounded, one that the stream ended before is not in it. Configuration, beside "type entraincard":
 *
 *   file "PATH"      frames as heard, interleaved, in the format of the stream; added to at each opening
 *   log "PATH"       one line per turn of the stream, FRAME counted in the file, GIVEN in the stream that ended:
 *                      start NS FRAME       frame FRAME is heard at NS, the later ones each 1/rate after the one before
 *                      moved NS FRAME       the same, after the position stood still
 *                      stop NS FRAME GIVEN  the stream ended; dry instead of stop if it ran out of frames
 *   loop "PATH"      memory shared by the playing and the recording side of the card
 *   delay INTEGER    recording: frames by which it hears later than the playing side sounds
 *   faults "PATH"    a folder; a file in it that holds a number is a fault, see entrain_faults.h
 *   ppm REAL         how much faster than nominal the card runs, parts per million
 *   step INTEGER     frames by which the position reported moves at once; the card wakes its writer when it moves
 *   fetch INTEGER    frames the card takes out of the buffer before they are heard: too late to write them anew
 *   formats "NAMES"  what it offers of S16_LE, S24_3LE and S32_LE, with blanks between; all by default
 *   channels INTEGER 1 or 2, the only number it offers; 2 by default
 *   rate INTEGER     the only rate it offers, Hz; 48000 by default
 *   resume INTEGER   1 if it can go on by itself after it was suspended; 0 by default: it has to be prepared
 */
#ifndef ENTRAIN_CARD_H
#define ENTRAIN_CARD_H

#include "entrain_faults.h"
#include "entrain_line.h"

#include <alsa/pcm_external.h>
#include <stdio.h>

typedef struct {
	snd_pcm_ioplug_t io;
	line_t *line;
	faults_t faults;
	FILE *frames;
	FILE *log;
	double ppm;
	long step;
	long fetch;
	long delay;
	long resumes;
	int timer;
	int64_t start_ns;   /* when frame 0 of this stream is heard */
	uint64_t heard;     /* frames of this stream that are in the file */
	uint64_t kept;      /* frames of all streams that are in the file */
	int running;
	int64_t held_ns;    /* since when the position stands still; 0 while it moves */
	int64_t release_ns; /* until when */
} card_t;

extern const snd_pcm_ioplug_callback_t entrain_callbacks;

/* The callback that frees a card, also for one that did not come to be. */
int entrain_close(snd_pcm_ioplug_t *io);

#endif
