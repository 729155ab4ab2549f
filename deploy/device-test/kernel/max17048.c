// SPDX-License-Identifier: GPL-2.0
/*
 * MAX17048 fuel gauge (Maxim datasheet 19-6171, "ModelGauge Registers"): 16-bit registers, most significant byte first.
 * debugfs: `soc_pct` and `millivolt`, as the test wants them.
 */
#include <linux/slab.h>
#include "lane_i2c.h"

struct max17048 {
	struct lane_chip chip;
	u32 soc_pct;
	u32 millivolt;
	u16 status, config;
	u8 wrote_high;
};

static u16 word_at(struct max17048 *gauge, u8 at)
{
	switch (at & 0xFE) {
	case 0x02: return gauge->millivolt * 1000 * 8 / 625;	/* 78.125 microvolt a step */
	case 0x04: return gauge->soc_pct * 256;
	case 0x08: return 0x0012;
	case 0x0C: return gauge->config;
	case 0x16: return (u16)-24;		/* -5 % an hour, 0.208 % a step */
	case 0x1A: return gauge->status;
	default: return 0;
	}
}

static u8 read_byte(struct lane_chip *chip)
{
	u16 word = word_at(container_of(chip, struct max17048, chip), chip->pointer);

	return chip->pointer++ & 1 ? word & 0xFF : word >> 8;
}

static void write_byte(struct lane_chip *chip, u8 value)
{
	struct max17048 *gauge = container_of(chip, struct max17048, chip);
	u8 at = chip->pointer++;

	if (!(at & 1))
		gauge->wrote_high = value;
	else if (at == 0x0D)
		gauge->config = gauge->wrote_high << 8 | value;
	else if (at == 0x1B)
		gauge->status = gauge->wrote_high << 8 | value;
}

static void power_on(struct lane_chip *chip)
{
	struct max17048 *gauge = container_of(chip, struct max17048, chip);

	gauge->config = 0x971C;
	gauge->status = 0x0100;		/* RI: was reset */
}

static void files(struct lane_chip *chip, struct dentry *folder)
{
	struct max17048 *gauge = container_of(chip, struct max17048, chip);

	debugfs_create_u32("soc_pct", 0600, folder, &gauge->soc_pct);
	debugfs_create_u32("millivolt", 0600, folder, &gauge->millivolt);
}

struct lane_chip *lane_max17048(u16 address, const char *name)
{
	struct max17048 *gauge = kzalloc(sizeof(*gauge), GFP_KERNEL);

	if (!gauge)
		return NULL;
	gauge->soc_pct = 81;
	gauge->millivolt = 3920;
	gauge->chip = (struct lane_chip){ .address = address, .name = name, .power_on = power_on, .read = read_byte,
					  .write = write_byte, .files = files };
	return &gauge->chip;
}
