/* Makes a test card from its configuration, see entrain_card.h. */
#define _GNU_SOURCE
#include "entrain_card.h"

#include <sys/timerfd.h>

static int constrain(card_t *card, const char *names, unsigned int channels, unsigned int rate)
{
	static const struct { const char *name; unsigned int format; } known[] = {
		{"S16_LE", SND_PCM_FORMAT_S16_LE}, {"S24_3LE", SND_PCM_FORMAT_S24_3LE}, {"S32_LE", SND_PCM_FORMAT_S32_LE}};
	static const unsigned int access[] = {SND_PCM_ACCESS_RW_INTERLEAVED};
	unsigned int formats[3], count = 0;
	for (int i = 0; i < 3; i++)
		if (strstr(names, known[i].name))
			formats[count++] = known[i].format;
	int e = snd_pcm_ioplug_set_param_list(&card->io, SND_PCM_IOPLUG_HW_ACCESS, 1, access);
	if (e >= 0)
		e = snd_pcm_ioplug_set_param_list(&card->io, SND_PCM_IOPLUG_HW_FORMAT, count, formats);
	if (e >= 0)
		e = snd_pcm_ioplug_set_param_minmax(&card->io, SND_PCM_IOPLUG_HW_CHANNELS, channels, channels);
	if (e >= 0)
		e = snd_pcm_ioplug_set_param_minmax(&card->io, SND_PCM_IOPLUG_HW_RATE, rate, rate);
	if (e >= 0)
		e = snd_pcm_ioplug_set_param_minmax(&card->io, SND_PCM_IOPLUG_HW_PERIOD_BYTES, 128, 65536);
	if (e >= 0)
		e = snd_pcm_ioplug_set_param_minmax(&card->io, SND_PCM_IOPLUG_HW_BUFFER_BYTES, 256, 131072);
	if (e >= 0)
		e = snd_pcm_ioplug_set_param_minmax(&card->io, SND_PCM_IOPLUG_HW_PERIODS, 2, 64);
	return e;
}

/* Opens what the card works on; returns 0 or a negative error. */
static int furnish(card_t *card, snd_pcm_stream_t stream, const char *frames, const char *log, const char *loop)
{
	card->timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
	card->line = line_open(loop);
	if (card->timer < 0 || !card->line)
		return -EIO;
	if (stream == SND_PCM_STREAM_PLAYBACK) {
		card->frames = fopen(frames, "ae");
		card->log = fopen(log, "ae");
		if (!card->frames || !card->log)
			return -EIO;
	}
	card->io.version = SND_PCM_IOPLUG_VERSION;
	card->io.name = "Entrain test card";
	card->io.flags = SND_PCM_IOPLUG_FLAG_MONOTONIC;
	card->io.callback = &entrain_callbacks;
	card->io.private_data = card;
	card->io.poll_fd = card->timer;
	card->io.poll_events = POLLIN;
	return 0;
}

static const char *text(const snd_config_t *conf, const char *key, const char *otherwise)
{
	snd_config_t *entry;
	const char *value = otherwise;
	if (snd_config_search((snd_config_t *)conf, key, &entry) >= 0)
		snd_config_get_string(entry, &value);
	return value;
}

static double number(const snd_config_t *conf, const char *key, double otherwise)
{
	snd_config_t *entry;
	double value = otherwise;
	if (snd_config_search((snd_config_t *)conf, key, &entry) >= 0)
		snd_config_get_ireal(entry, &value);
	return value;
}

SND_PCM_PLUGIN_DEFINE_FUNC(entraincard)
{
	const char *frames = text(conf, "file", NULL), *log = text(conf, "log", NULL), *loop = text(conf, "loop", NULL);
	int records = stream == SND_PCM_STREAM_CAPTURE;
	long error;
	(void)root;
	if (records ? !loop : !frames || !log)
		return -EINVAL;
	card_t *card = calloc(1, sizeof *card);
	if (!card)
		return -ENOMEM;
	snprintf(card->faults.folder, sizeof card->faults.folder, "%s", text(conf, "faults", ""));
	card->ppm = number(conf, "ppm", 0);
	card->step = (long)number(conf, "step", 1);
	card->fetch = (long)number(conf, "fetch", 0);
	card->delay = (long)number(conf, "delay", 0);
	card->resumes = (long)number(conf, "resume", 0);
	card->timer = -1;
	int e = card->step < 1 ? -EINVAL : furnish(card, stream, frames, log, loop);
	if (faults_there(&card->faults, "refuse", &error))
		e = (int)-error;
	if (e >= 0)
		e = snd_pcm_ioplug_create(&card->io, name, stream, mode);
	if (e < 0) {
		card->io.private_data = card;
		entrain_close(&card->io);
		return e;
	}
	e = constrain(card, text(conf, "formats", "S16_LE S24_3LE S32_LE"), (unsigned int)number(conf, "channels", 2),
		      (unsigned int)number(conf, "rate", 48000));
	if (e < 0) {
		snd_pcm_ioplug_delete(&card->io); /* calls entrain_close */
		return e;
	}
	*pcmp = card->io.pcm;
	return 0;
}

SND_PCM_PLUGIN_SYMBOL(entraincard);
