// SPDX-License-Identifier: GPL-2.0
/*
 * LSM6DSOX (ST datasheet DS12814, application note AN5272) as far as a driver sees it over I2C: identity, ranges and rates
 * read back, self-test, output registers, time stamps of 25 microseconds by the chip's own clock, and the FIFO of 512 tagged
 * words. Nothing ticks: what the chip has measured by now is worked out when somebody asks.
 *
 * debugfs, in the chip's folder: `play` ("still", "walk", "lift", "count"), `recording` and `recording_mhz` (what "walk" plays:
 * 24 bytes a reading, six s32 of gyroscope mdps and acceleration micro-g), `ppm` (how much too fast the chip's clock runs; counts
 * from the next power-on), `log` (what was measured when: u64 CLOCK_MONOTONIC ns, u32 ticks, u32 number; a write empties it).
 * "count" puts the number of the reading into the accelerometer: x holds its low 15 bits, y the next 15.
 */
#include <linux/ktime.h>
#include <linux/module.h>
#include <linux/random.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>

#include "lsm6dsox.h"

#define CATCH_UP_MAX 8192	/* readings; whoever stays away longer finds a full FIFO anyhow */
#define WHO_AM_I 0x6C

static struct lsm6dsox *of(struct lane_chip *chip)
{
	return container_of(chip, struct lsm6dsox, chip);
}

static u64 own_ns(struct lsm6dsox *imu, u64 now_ns)
{
	s64 since = now_ns - imu->on_ns;

	return since + since / 1000 * imu->ppm_now / 1000;
}

static u64 host_ns(struct lsm6dsox *imu, u64 own)
{
	return imu->on_ns + own - (s64)own / 1000 * imu->ppm_now / 1000 + (s64)own / 1000000 * imu->ppm_now * imu->ppm_now / 1000000;
}

static u32 ticks_at(struct lsm6dsox *imu, u64 own)
{
	return own < imu->stamp_zero_ns ? 0 : (u32)((own - imu->stamp_zero_ns) / 25000);
}

/* Output data rate codes 1..10 are 6667 Hz divided by 512 .. 1 (AN5272, "frequency fine"). */
static u64 period_ns(u8 control)
{
	u8 code = control >> 4;

	return code >= 1 && code <= 10 ? (512ULL >> (code - 1)) * 1000000000ULL / 6667 : 0;
}

static u64 sampling_ns(struct lsm6dsox *imu)
{
	u64 acc = period_ns(imu->reg[0x10]), gyro = period_ns(imu->reg[0x11]);

	return !acc ? gyro : !gyro ? acc : min(acc, gyro);
}

static s32 triangle(u64 ns, u64 period, s32 peak)
{
	s64 at = ns % period, quarter = period / 4;

	if (at < quarter)
		return peak * at / quarter;
	if (at < 3 * quarter)
		return peak - peak * (at - quarter) / quarter;
	return -peak + peak * (at - 3 * quarter) / quarter;
}

static void recorded_at(struct lsm6dsox *imu, u64 since_ns, struct reading *now)
{
	u64 position = since_ns / 1000 * imu->recording_mhz / 1000;	/* in millionths of a reading */
	size_t at = position / 1000000;
	s64 part = position % 1000000;
	int i;

	if (at + 1 >= imu->recorded) {
		*now = imu->recording[imu->recorded - 1];
		return;
	}
	for (i = 0; i < 3; i++) {
		const struct reading *a = &imu->recording[at], *b = a + 1;

		now->gyro_mdps[i] = a->gyro_mdps[i] + (b->gyro_mdps[i] - a->gyro_mdps[i]) * part / 1000000;
		now->acc_ug[i] = a->acc_ug[i] + (b->acc_ug[i] - a->acc_ug[i]) * part / 1000000;
	}
}

static void measure(struct lsm6dsox *imu, u64 at_ns, struct reading *now)
{
	u64 since = at_ns > imu->play_ns ? at_ns - imu->play_ns : 0;
	int i;

	*now = (struct reading){ .acc_ug = { 0, 0, 1000000 } };
	if (imu->recorded)
		recorded_at(imu, imu->playing == WALK ? since : 0, now);
	if (imu->playing == LIFT) {
		now->gyro_mdps[1] += triangle(since, 1400000000, 150000);
		now->acc_ug[0] += triangle(since, 1400000000, 300000);
		now->acc_ug[2] += triangle(since, 700000000, 200000);
	}
	for (i = 0; i < 3; i++) {	/* noise of a real one: about 4 mdps and 70 micro-g a root Hz */
		now->gyro_mdps[i] += (s32)get_random_u32_below(161) - 80;
		now->acc_ug[i] += (s32)get_random_u32_below(3001) - 1500;
	}
}

/* Ranges by code (DS12814, CTRL1_XL and CTRL2_G): sensitivities in nano-g and micro-dps a step. */
static s32 acc_step_ng(struct lsm6dsox *imu)
{
	static const s32 step[] = { 61000, 488000, 122000, 244000 };

	return step[imu->reg[0x10] >> 2 & 3];
}

static s32 gyro_step_udps(struct lsm6dsox *imu)
{
	static const s32 step[] = { 8750, 17500, 35000, 70000 };

	return imu->reg[0x11] & 2 ? 4375 : step[imu->reg[0x11] >> 2 & 3];
}

static s16 steps(s64 value, s64 step)
{
	return clamp_t(s64, div_s64(value, step), -32768, 32767);
}

static void push(struct lsm6dsox *imu, u8 tag, const void *data)
{
	u8 mode = imu->reg[0x0A] & 7, *word, bits;

	if (mode == 0)
		return;
	if (imu->count == WORDS) {
		imu->overrun = imu->latched = true;
		imu->overruns++;
		if (mode == 1)
			return;
		imu->first = (imu->first + 1) % WORDS;
		imu->count--;
	}
	word = imu->word[(imu->first + imu->count++) % WORDS];
	imu->high = max(imu->high, imu->count);
	bits = tag << 3 | (imu->slot & 3) << 1;
	word[0] = bits | (hweight8(bits) & 1);
	memcpy(word + 1, data, 6);
}

static void one_reading(struct lsm6dsox *imu, u64 own)
{
	struct reading now;
	u8 stamp[6] = {}, dec = imu->reg[0x0A] >> 6;
	u32 ticks = ticks_at(imu, own);
	int i;

	measure(imu, host_ns(imu, own), &now);
	for (i = 0; i < 3; i++) {
		s64 gyro = now.gyro_mdps[i], acc = now.acc_ug[i];

		if (imu->reg[0x14] & 3)		/* self-test moves the mass: 300 mg, 300 dps */
			acc += (imu->reg[0x14] & 3) == 1 ? 300000 : -300000;
		if (imu->reg[0x14] >> 2 & 3)
			gyro += (imu->reg[0x14] >> 2 & 3) == 1 ? 300000 : -300000;
		imu->out[1 + i] = steps(gyro * 1000, gyro_step_udps(imu));
		imu->out[4 + i] = steps(acc * 1000, acc_step_ng(imu));
	}
	if (imu->playing == COUNT) {
		imu->out[4] = imu->number & 0x7FFF;
		imu->out[5] = imu->number >> 15 & 0x7FFF;
	}
	imu->out[0] = 6 * 256;		/* 31 degrees: 25 at 0, 256 steps a degree */
	imu->fresh = true;
	imu->slot++;
	if (imu->reg[0x09] >> 4)
		push(imu, 0x01, &imu->out[1]);
	if (imu->reg[0x09] & 15)
		push(imu, 0x02, &imu->out[4]);
	if ((imu->reg[0x0A] >> 4 & 3) && imu->number % 128 == 0) {
		memcpy(stamp, &imu->out[0], 2);
		push(imu, 0x03, stamp);
		memset(stamp, 0, 6);
	}
	if ((imu->reg[0x19] & 0x20) && dec && imu->number % (dec == 1 ? 1 : dec == 2 ? 8 : 32) == 0) {
		memcpy(stamp, &ticks, 4);
		push(imu, 0x04, stamp);
	}
	if (imu->logged < LOG_MAX)
		imu->log[imu->logged++] = (struct log_entry){ host_ns(imu, own), ticks, imu->number };
	imu->number++;
}

void lsm6dsox_catch_up(struct lsm6dsox *imu)
{
	u64 now = own_ns(imu, ktime_get_ns()), period = sampling_ns(imu);

	if (!period)
		return;
	if (now > imu->due_ns + CATCH_UP_MAX * period) {
		u64 missed = (now - imu->due_ns) / period - CATCH_UP_MAX;

		imu->due_ns += missed * period;
		imu->number += missed;
	}
	while (imu->due_ns <= now) {
		one_reading(imu, imu->due_ns);
		imu->due_ns += period;
	}
}

static void empty(struct lsm6dsox *imu)
{
	imu->first = imu->count = 0;
	imu->overrun = imu->latched = false;
}

static void defaults(struct lsm6dsox *imu)
{
	memset(imu->reg, 0, sizeof(imu->reg));
	imu->reg[0x02] = 0x3F;
	imu->reg[0x12] = 0x04;
	imu->reg[0x18] = 0xE2;
	/* INTERNAL_FREQ_FINE: signed, 0.15 % a step, so half a step of 750 ppm stays untold. */
	imu->reg[0x63] = (s8)((imu->ppm_now + (imu->ppm_now < 0 ? -750 : 750)) / 1500);
	empty(imu);
}

static void power_on(struct lane_chip *chip)
{
	struct lsm6dsox *imu = of(chip);

	imu->on_ns = ktime_get_ns();
	imu->ppm_now = (s32)imu->ppm;
	imu->stamp_zero_ns = imu->due_ns = 0;
	imu->slot = 0;
	defaults(imu);
}

static u8 status2(struct lsm6dsox *imu)
{
	u32 watermark = imu->reg[0x07] | (imu->reg[0x08] & 1) << 8;
	u8 value = imu->count >> 8 & 3;

	if (watermark && imu->count >= watermark)
		value |= 0x80;
	if (imu->overrun)
		value |= 0x40;
	if (imu->count == WORDS)
		value |= 0x20;
	if (imu->latched)
		value |= 0x08;
	imu->latched = false;
	return value;
}

static u8 fifo_byte(struct lsm6dsox *imu, u8 at)
{
	u8 value = imu->count ? imu->word[imu->first][at - 0x78] : 0;

	if (at == 0x7E) {
		imu->chip.pointer = 0x78;
		if (imu->count) {
			imu->first = (imu->first + 1) % WORDS;
			imu->count--;
			imu->overrun = false;
		}
	}
	return value;
}

static u8 read_byte(struct lane_chip *chip)
{
	struct lsm6dsox *imu = of(chip);
	u8 at = chip->pointer & 0x7F;

	if (imu->reg[0x12] & 4)
		chip->pointer = at + 1;
	if (at == 0x1E || at == 0x20 || at == 0x22 || at == 0x28 || at == 0x3A || at == 0x40)
		lsm6dsox_catch_up(imu);
	if (at >= 0x78 && at <= 0x7E)
		return fifo_byte(imu, at);
	if (at >= 0x20 && at <= 0x2D) {
		imu->fresh = false;
		return (u16)imu->out[(at - 0x20) / 2] >> (at & 1 ? 8 : 0);
	}
	switch (at) {
	case 0x0F: return WHO_AM_I;
	case 0x1E: return imu->fresh ? 7 : 0;
	case 0x3A: return imu->count & 0xFF;
	case 0x3B: return status2(imu);
	case 0x40: case 0x41: case 0x42: case 0x43:
		if (!(imu->reg[0x19] & 0x20))
			return 0;
		if (at == 0x40)		/* the four bytes of one moment */
			*(u32 *)&imu->reg[0x40] = ticks_at(imu, own_ns(imu, ktime_get_ns()));
		return imu->reg[at];
	default: return imu->reg[at];
	}
}

static void write_byte(struct lane_chip *chip, u8 value)
{
	struct lsm6dsox *imu = of(chip);
	u8 at = chip->pointer & 0x7F, was = imu->reg[at];
	u64 period;

	if (imu->reg[0x12] & 4)
		chip->pointer = at + 1;
	lsm6dsox_catch_up(imu);
	period = sampling_ns(imu);
	if (at == 0x12 && (value & 1)) {	/* SW_RESET */
		defaults(imu);
		return;
	}
	if (at == 0x0F || at == 0x63 || (at >= 0x1E && at <= 0x3F) || at >= 0x78)
		return;
	if (at == 0x42) {
		if (value == 0xAA)
			imu->stamp_zero_ns = own_ns(imu, ktime_get_ns());
		return;
	}
	imu->reg[at] = value;
	if (at == 0x0A && (value & 7) == 0)
		empty(imu);
	if (at == 0x19 && (value & 0x20) && !(was & 0x20))
		imu->stamp_zero_ns = own_ns(imu, ktime_get_ns());
	if (sampling_ns(imu) != period)
		imu->due_ns = own_ns(imu, ktime_get_ns()) + sampling_ns(imu);
}

struct lane_chip *lane_lsm6dsox(u16 address, const char *name)
{
	struct lsm6dsox *imu = kzalloc(sizeof(*imu), GFP_KERNEL);

	if (!imu)
		return NULL;
	imu->log = vzalloc(LOG_MAX * sizeof(struct log_entry));
	imu->recording = vzalloc(RECORDING_MAX);
	if (!imu->log || !imu->recording)
		return NULL;
	imu->ppm = address == 0x6a ? 3300 : (u32)-2100;	/* two clocks that are neither right nor alike */
	imu->recording_mhz = 200000;
	imu->chip = (struct lane_chip){ .address = address, .name = name, .power_on = power_on, .read = read_byte,
					.write = write_byte, .files = lsm6dsox_files };
	return &imu->chip;
}
