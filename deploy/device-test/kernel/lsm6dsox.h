/* SPDX-License-Identifier: GPL-2.0 */
/* One LSM6DSOX: its registers and what it measures (lsm6dsox.c), and its controls (lsm6dsox_files.c). */
#ifndef LANE_LSM6DSOX_H
#define LANE_LSM6DSOX_H

#include "lane_i2c.h"

#define WORDS 512
#define LOG_MAX (1 << 18)
#define RECORDING_MAX (8 << 20)

enum playing { STILL, WALK, LIFT, COUNT };

struct reading { s32 gyro_mdps[3]; s32 acc_ug[3]; };
struct log_entry { u64 time_ns; u32 ticks; u32 number; };

struct lsm6dsox {
	struct lane_chip chip;
	u8 reg[128];
	u8 word[WORDS][7];
	u32 first, count, high;	/* of the FIFO; the most that was in it */
	bool overrun, latched;
	u64 overruns;
	u8 slot;		/* TAG_CNT */
	u64 on_ns;		/* CLOCK_MONOTONIC at power-on, the zero of the chip's own time */
	u64 stamp_zero_ns;	/* own time at which the time stamp was 0 */
	u64 due_ns;		/* own time of the next reading */
	u32 number;		/* of the next reading, never starts again */
	s64 ppm_now;
	u32 ppm;
	s16 out[7];		/* temperature, gyroscope x y z, accelerometer x y z */
	bool fresh;
	enum playing playing;
	u64 play_ns;		/* CLOCK_MONOTONIC at which the playing began */
	struct reading *recording;
	size_t recorded;
	u32 recording_mhz;
	struct log_entry *log;
	u32 logged;
};

/* Measures all that is due by now; the bus is locked. */
void lsm6dsox_catch_up(struct lsm6dsox *imu);
void lsm6dsox_files(struct lane_chip *chip, struct dentry *folder);

#endif
