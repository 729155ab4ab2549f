/*
 * A sound card for tests: an ALSA I/O plug-in whose position comes from CLOCK_MONOTONIC at an exact rate, and that keeps
 * every frame it was given. Configuration, beside "type entraincard":
 *
 *   file "PATH"      frames as written, interleaved, in the format of the stream
 *   log "PATH"       one line per start: "start NS FRAMES", the time at which frame number FRAMES of the file was heard
 *   ppm REAL         how much faster than nominal the card runs, parts per million
 *   step INTEGER     frames by which the position moves at once; the card wakes its writer when it moves
 *   wide INTEGER     1 to offer 32 bit samples beside 16 bit
 */
#define _GNU_SOURCE
#include <alsa/asoundlib.h>
#include <alsa/pcm_external.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#define NS_PER_S 1000000000LL

typedef struct {
	snd_pcm_ioplug_t io;
	FILE *frames;
	FILE *log;
	double ppm;
	long step;
	int timer;
	int64_t start_ns;
	uint64_t total;  /* frames in the file */
	uint64_t given;  /* frames since prepare */
	int running;
} card_t;

static int64_t now_ns(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * NS_PER_S + t.tv_nsec;
}

static double ns_per_frame(const card_t *card)
{
	return NS_PER_S / (card->io.rate * (1 + card->ppm * 1e-6));
}

static uint64_t position(const card_t *card)
{
	if (!card->running)
		return 0;
	uint64_t frames = (uint64_t)((now_ns() - card->start_ns) / ns_per_frame(card));
	return frames - frames % (uint64_t)card->step;
}

/* Sets the timer to the next move of the position that frees a period, each time anew so that rounding cannot add up. */
static int wake_after(card_t *card, uint64_t at)
{
	uint64_t period = card->io.period_size;
	uint64_t move = (uint64_t)card->step > period ? (uint64_t)card->step : period;
	int64_t next = card->start_ns + (int64_t)((at + move) * ns_per_frame(card)) + 1;
	struct itimerspec when = {{0, 0}, {next / NS_PER_S, next % NS_PER_S}};
	return timerfd_settime(card->timer, TFD_TIMER_ABSTIME, &when, NULL) < 0 ? -errno : 0;
}

static int card_start(snd_pcm_ioplug_t *io)
{
	card_t *card = io->private_data;
	card->start_ns = now_ns();
	card->running = 1;
	fprintf(card->log, "start %lld %llu\n", (long long)card->start_ns, (unsigned long long)(card->total - card->given));
	fflush(card->log);
	return wake_after(card, 0);
}

static int card_stop(snd_pcm_ioplug_t *io)
{
	card_t *card = io->private_data;
	struct itimerspec off = {{0, 0}, {0, 0}};
	card->running = 0;
	timerfd_settime(card->timer, 0, &off, NULL);
	return 0;
}

static snd_pcm_sframes_t card_pointer(snd_pcm_ioplug_t *io)
{
	card_t *card = io->private_data;
	uint64_t at = position(card);
	if (at > card->given)
		return -EPIPE;
	return (snd_pcm_sframes_t)(at % io->buffer_size);
}

static snd_pcm_sframes_t card_transfer(snd_pcm_ioplug_t *io, const snd_pcm_channel_area_t *areas,
				       snd_pcm_uframes_t offset, snd_pcm_uframes_t size)
{
	card_t *card = io->private_data;
	size_t frame_bytes = areas[0].step / 8;
	const char *from = (const char *)areas[0].addr + areas[0].first / 8 + offset * frame_bytes;
	if (fwrite(from, frame_bytes, size, card->frames) != size)
		return -EIO;
	card->total += size;
	card->given += size;
	return (snd_pcm_sframes_t)size;
}

static int card_prepare(snd_pcm_ioplug_t *io)
{
	card_t *card = io->private_data;
	card->given = 0;
	card->running = 0;
	return 0;
}

static int card_revents(snd_pcm_ioplug_t *io, struct pollfd *fds, unsigned int count, unsigned short *revents)
{
	card_t *card = io->private_data;
	uint64_t expired;
	*revents = 0;
	if (count != 1 || !(fds[0].revents & POLLIN) || read(card->timer, &expired, sizeof expired) < 0)
		return 0;
	uint64_t at = position(card);
	wake_after(card, (uint64_t)card->step > io->period_size ? at : at - at % io->period_size);
	/* Also when it ran dry: the writer then asks for the state, and the pointer tells libasound. */
	if (at > card->given || io->buffer_size - (card->given - at) >= io->period_size)
		*revents = POLLOUT;
	return 0;
}

static int card_close(snd_pcm_ioplug_t *io)
{
	card_t *card = io->private_data;
	if (card->frames)
		fclose(card->frames);
	if (card->log)
		fclose(card->log);
	if (card->timer >= 0)
		close(card->timer);
	free(card);
	return 0;
}

static const snd_pcm_ioplug_callback_t callbacks = {
	.start = card_start,
	.stop = card_stop,
	.pointer = card_pointer,
	.transfer = card_transfer,
	.prepare = card_prepare,
	.poll_revents = card_revents,
	.close = card_close,
};

static int constrain(card_t *card, int wide)
{
	static const unsigned int access[] = {SND_PCM_ACCESS_RW_INTERLEAVED};
	static const unsigned int formats[] = {SND_PCM_FORMAT_S16_LE, SND_PCM_FORMAT_S32_LE};
	int e = snd_pcm_ioplug_set_param_list(&card->io, SND_PCM_IOPLUG_HW_ACCESS, 1, access);
	if (e >= 0)
		e = snd_pcm_ioplug_set_param_list(&card->io, SND_PCM_IOPLUG_HW_FORMAT, wide ? 2 : 1, formats);
	if (e >= 0)
		e = snd_pcm_ioplug_set_param_minmax(&card->io, SND_PCM_IOPLUG_HW_CHANNELS, 2, 2);
	if (e >= 0)
		e = snd_pcm_ioplug_set_param_minmax(&card->io, SND_PCM_IOPLUG_HW_RATE, 48000, 48000);
	if (e >= 0)
		e = snd_pcm_ioplug_set_param_minmax(&card->io, SND_PCM_IOPLUG_HW_PERIOD_BYTES, 256, 65536);
	if (e >= 0)
		e = snd_pcm_ioplug_set_param_minmax(&card->io, SND_PCM_IOPLUG_HW_PERIODS, 2, 64);
	return e;
}

SND_PCM_PLUGIN_DEFINE_FUNC(entraincard)
{
	snd_config_iterator_t i, next;
	const char *frames = NULL, *log = NULL;
	double ppm = 0;
	long step = 1, wide = 0;
	(void)root;
	snd_config_for_each(i, next, conf) {
		snd_config_t *n = snd_config_iterator_entry(i);
		const char *id;
		if (snd_config_get_id(n, &id) < 0)
			continue;
		if (strcmp(id, "file") == 0)
			snd_config_get_string(n, &frames);
		else if (strcmp(id, "log") == 0)
			snd_config_get_string(n, &log);
		else if (strcmp(id, "ppm") == 0)
			snd_config_get_ireal(n, &ppm);
		else if (strcmp(id, "step") == 0)
			snd_config_get_integer(n, &step);
		else if (strcmp(id, "wide") == 0)
			snd_config_get_integer(n, &wide);
	}
	if (!frames || !log || step < 1 || stream != SND_PCM_STREAM_PLAYBACK)
		return -EINVAL;
	card_t *card = calloc(1, sizeof *card);
	if (!card)
		return -ENOMEM;
	card->ppm = ppm;
	card->step = step;
	card->frames = fopen(frames, "w");
	card->log = fopen(log, "w");
	card->timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
	card->io.version = SND_PCM_IOPLUG_VERSION;
	card->io.name = "Entrain test card";
	card->io.flags = SND_PCM_IOPLUG_FLAG_MONOTONIC;
	card->io.callback = &callbacks;
	card->io.private_data = card;
	card->io.poll_fd = card->timer;
	card->io.poll_events = POLLIN;
	int e = card->frames && card->log && card->timer >= 0 ? 0 : -EIO;
	if (e >= 0)
		e = snd_pcm_ioplug_create(&card->io, name, stream, mode);
	if (e < 0) {
		card_close(&card->io);
		return e;
	}
	e = constrain(card, (int)wide);
	if (e < 0) {
		snd_pcm_ioplug_delete(&card->io); /* calls card_close */
		return e;
	}
	*pcmp = card->io.pcm;
	return 0;
}

SND_PCM_PLUGIN_SYMBOL(entraincard);
