/* How the test card plays and records, see entrain_card.h. */
#define _GNU_SOURCE
#include "entrain_card.h"

#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

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

/* The frame that leaves the converter now. */
static uint64_t true_position(const card_t *card)
{
	if (!card->running)
		return 0;
	int64_t at_ns = card->held_ns ? card->held_ns : now_ns();
	return at_ns < card->start_ns ? 0 : (uint64_t)((at_ns - card->start_ns) / ns_per_frame(card));
}

/* The frame that the card says leaves it now. */
static uint64_t position(const card_t *card)
{
	uint64_t frames = true_position(card);
	return frames - frames % (uint64_t)card->step;
}

static void note(card_t *card, const char *what, int64_t at_ns)
{
	fprintf(card->log, "%s %lld %llu", what, (long long)at_ns, (unsigned long long)card->kept);
}

static int set_timer(card_t *card, int64_t at_ns)
{
	struct itimerspec when = {{0, 0}, {at_ns / NS_PER_S, at_ns % NS_PER_S}};
	return timerfd_settime(card->timer, TFD_TIMER_ABSTIME, &when, NULL) < 0 ? -errno : 0;
}

/* Sets the timer to the next move of the position that frees a period, each time anew so that rounding cannot add up. */
static int wake_after(card_t *card, uint64_t at)
{
	uint64_t move = card->io.period_size;
	if ((uint64_t)card->step > move)
		move = (uint64_t)card->step;
	else
		at -= at % move;
	return set_timer(card, card->start_ns + (int64_t)((at + move) * ns_per_frame(card)) + 1);
}

/* Writes what was heard since the last look to the file, before anybody can write over it. */
static int keep_heard(card_t *card)
{
	uint64_t until = true_position(card) + (card->running ? (uint64_t)card->fetch : 0);
	if (until > card->line->filled)
		until = card->line->filled;
	for (; card->heard < until; card->heard++, card->kept++) {
		uint8_t bytes[8];
		size_t size = (size_t)snd_pcm_format_physical_width(card->io.format) / 8 * card->io.channels;
		frame_encode(card->line->frames[card->heard % LINE_FRAMES], card->io.format, card->io.channels, bytes);
		if (fwrite(bytes, size, 1, card->frames) != 1)
			return -EIO;
	}
	return 0;
}

static int plays(const card_t *card)
{
	return card->io.stream == SND_PCM_STREAM_PLAYBACK;
}

static void end_stream(card_t *card, const char *why)
{
	struct itimerspec off = {{0, 0}, {0, 0}};
	if (plays(card) && card->running) {
		keep_heard(card);
		card->line->end = card->heard;
		note(card, why, now_ns());
		fprintf(card->log, " %llu\n", (unsigned long long)card->line->filled);
		fflush(card->log);
		fflush(card->frames);
	}
	card->running = 0;
	card->held_ns = 0;
	timerfd_settime(card->timer, 0, &off, NULL);
}

static void hold(card_t *card, long ms)
{
	card->held_ns = now_ns();
	card->release_ns = card->held_ns + ms * (NS_PER_S / 1000);
}

static int let_go(card_t *card)
{
	keep_heard(card);
	card->start_ns += now_ns() - card->held_ns;
	card->held_ns = 0;
	__atomic_store_n(&card->line->start_ns, card->start_ns, __ATOMIC_RELEASE);
	note(card, "moved", card->start_ns + (int64_t)(card->heard * ns_per_frame(card)));
	fputc('\n', card->log);
	fflush(card->log);
	return wake_after(card, true_position(card));
}

/* Looks whether the test planted a fault. */
static void look_for_faults(card_t *card)
{
	long ms;
	if (card->io.state == SND_PCM_STATE_DISCONNECTED || !plays(card))
		return;
	if (faults_take(&card->faults, "unplug", &ms)) {
		end_stream(card, "stop");
		snd_pcm_ioplug_set_state(&card->io, SND_PCM_STATE_DISCONNECTED);
		set_timer(card, 1); /* at once, and never read again */
	} else if (card->running && !card->held_ns) {
		if (faults_take(&card->faults, "xrun", &ms)) {
			end_stream(card, "dry");
			snd_pcm_ioplug_set_state(&card->io, SND_PCM_STATE_XRUN);
			set_timer(card, 1);
		} else if (faults_take(&card->faults, "suspend", &ms)) {
			hold(card, ms);
			snd_pcm_ioplug_set_state(&card->io, SND_PCM_STATE_SUSPENDED);
			set_timer(card, 1);
		} else if (faults_take(&card->faults, "stall", &ms)) {
			hold(card, ms);
			set_timer(card, card->release_ns);
		}
	} else if (card->held_ns && card->io.state == SND_PCM_STATE_RUNNING && now_ns() >= card->release_ns) {
		let_go(card);
	}
}

static int card_start(snd_pcm_ioplug_t *io)
{
	card_t *card = io->private_data;
	long error;
	if (faults_there(&card->faults, "start", &error))
		return (int)-error;
	card->start_ns = now_ns();
	card->running = 1;
	if (plays(card)) {
		card->line->ns_per_frame = ns_per_frame(card);
		card->line->end = UINT64_MAX;
		__atomic_store_n(&card->line->start_ns, card->start_ns, __ATOMIC_RELEASE);
		note(card, "start", card->start_ns);
		fputc('\n', card->log);
		fflush(card->log);
	}
	return wake_after(card, 0);
}

static int card_stop(snd_pcm_ioplug_t *io)
{
	end_stream(io->private_data, "stop");
	return 0;
}

static int card_resume(snd_pcm_ioplug_t *io)
{
	card_t *card = io->private_data;
	if (!card->resumes)
		return -ENOSYS;
	if (now_ns() < card->release_ns)
		return -EAGAIN;
	snd_pcm_ioplug_set_state(io, SND_PCM_STATE_RUNNING);
	return let_go(card);
}

static snd_pcm_sframes_t card_pointer(snd_pcm_ioplug_t *io)
{
	card_t *card = io->private_data;
	look_for_faults(card);
	uint64_t at = position(card);
	if (io->state == SND_PCM_STATE_XRUN)
		return -EPIPE;
	if (card->running && plays(card)) {
		keep_heard(card);
		if (at > io->appl_ptr) {
			end_stream(card, "dry");
			set_timer(card, 1);
			return -EPIPE;
		}
	}
	if (card->running && !plays(card) && at > io->appl_ptr + io->buffer_size)
		return -EPIPE;
	return (snd_pcm_sframes_t)((card->running ? at : io->hw_ptr) % io->buffer_size);
}

static snd_pcm_sframes_t card_transfer(snd_pcm_ioplug_t *io, const snd_pcm_channel_area_t *areas,
				       snd_pcm_uframes_t offset, snd_pcm_uframes_t size)
{
	card_t *card = io->private_data;
	line_t *line = card->line;
	size_t frame_bytes = areas[0].step / 8;
	uint8_t *bytes = (uint8_t *)areas[0].addr + areas[0].first / 8 + offset * frame_bytes;
	if (plays(card) && keep_heard(card) < 0)
		return -EIO;
	for (snd_pcm_uframes_t i = 0; i < size; i++, bytes += frame_bytes) {
		uint64_t number = io->appl_ptr + i;
		int32_t stereo[2];
		if (!plays(card)) {
			double at = (double)((int64_t)number - card->delay) * ns_per_frame(card);
			line_heard(line, card->start_ns + (int64_t)at, stereo);
			frame_encode(stereo, io->format, io->channels, bytes);
		} else if (number >= card->heard) { /* what was heard already cannot be written anew */
			frame_decode(bytes, io->format, io->channels, line->frames[number % LINE_FRAMES]);
		}
	}
	if (plays(card) && io->appl_ptr + size > line->filled)
		__atomic_store_n(&line->filled, io->appl_ptr + size, __ATOMIC_RELEASE);
	return (snd_pcm_sframes_t)size;
}

static int card_prepare(snd_pcm_ioplug_t *io)
{
	card_t *card = io->private_data;
	end_stream(card, "stop");
	if (plays(card)) {
		__atomic_store_n(&card->line->start_ns, 0, __ATOMIC_RELEASE);
		card->line->filled = 0;
		card->heard = 0;
	}
	return 0;
}

static int card_revents(snd_pcm_ioplug_t *io, struct pollfd *fds, unsigned int count, unsigned short *revents)
{
	card_t *card = io->private_data;
	uint64_t expired;
	*revents = 0;
	if (count != 1 || !(fds[0].revents & POLLIN))
		return 0;
	look_for_faults(card);
	if (!card->running || io->state != SND_PCM_STATE_RUNNING) {
		*revents = POLLERR | POLLOUT; /* the timer stays due: who waits is woken until the state is another */
		return 0;
	}
	if (read(card->timer, &expired, sizeof expired) < 0 || card->held_ns)
		return 0;
	uint64_t at = position(card);
	wake_after(card, at);
	/* Also when it ran dry: the writer then asks for the state, and the pointer tells libasound. */
	if (plays(card) ? at + io->buffer_size >= io->appl_ptr + io->period_size : at >= io->appl_ptr + io->period_size)
		*revents = plays(card) ? POLLOUT : POLLIN;
	return 0;
}

int entrain_close(snd_pcm_ioplug_t *io)
{
	card_t *card = io->private_data;
	if (card->line && card->log)
		end_stream(card, "stop");
	if (card->frames)
		fclose(card->frames);
	if (card->log)
		fclose(card->log);
	if (card->timer >= 0)
		close(card->timer);
	line_close(card->line);
	free(card);
	return 0;
}

/* Counts the frames that earlier openings left in the file. */
static int card_hw_params(snd_pcm_ioplug_t *io, snd_pcm_hw_params_t *params)
{
	card_t *card = io->private_data;
	(void)params;
	if (plays(card)) {
		long bytes = fseek(card->frames, 0, SEEK_END) < 0 ? -1 : ftell(card->frames);
		if (bytes < 0)
			return -errno;
		card->kept = (uint64_t)bytes / ((size_t)snd_pcm_format_physical_width(io->format) / 8 * io->channels);
	}
	return 0;
}

const snd_pcm_ioplug_callback_t entrain_callbacks = {
	.start = card_start,
	.stop = card_stop,
	.pointer = card_pointer,
	.transfer = card_transfer,
	.prepare = card_prepare,
	.hw_params = card_hw_params,
	.resume = card_resume,
	.poll_revents = card_revents,
	.close = entrain_close,
};
