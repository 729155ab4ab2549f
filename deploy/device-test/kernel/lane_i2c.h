/* SPDX-License-Identifier: GPL-2.0 */
/* An I2C bus for the device test: what the bus (i2c_bus.c) and the chips on it know of each other. */
#ifndef LANE_I2C_H
#define LANE_I2C_H

#include <linux/debugfs.h>
#include <linux/types.h>

/* A chip as the bus sees it. The bus calls these with its lock held, from a context that may sleep. */
struct lane_chip {
	u16 address;
	const char *name;	/* of its folder in debugfs */
	bool unplugged;
	u8 pointer;		/* register the next byte is read from or written to */
	void (*power_on)(struct lane_chip *chip);
	u8 (*read)(struct lane_chip *chip);	/* one byte at the pointer, which it moves on */
	void (*write)(struct lane_chip *chip, u8 value);
	void (*files)(struct lane_chip *chip, struct dentry *folder);
};

void lane_bus_lock(void);
void lane_bus_unlock(void);

struct lane_chip *lane_lsm6dsox(u16 address, const char *name);
struct lane_chip *lane_max17048(u16 address, const char *name);

#endif
