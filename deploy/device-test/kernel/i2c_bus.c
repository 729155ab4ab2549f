// SPDX-License-Identifier: GPL-2.0
/*
 * An I2C adapter (bus 1, as on a Raspberry Pi's header) for the device test, with two LSM6DSOX (0x6a, 0x6b) and a MAX17048
 * (0x36) on it. It takes as long as a bus at `khz` would, and fails as told in debugfs lane/i2c: `nack_permille` of the
 * transfers are not acknowledged, `stuck` makes every one time out, and each chip's own `unplugged` takes it off the bus.
 * Only a test loads this; nothing a unit runs needs it.
 */
#include <linux/delay.h>
#include <linux/i2c.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/platform_device.h>
#include <linux/random.h>
#include "lane_i2c.h"

#define CHIPS 3

static DEFINE_MUTEX(bus);
static struct lane_chip *chips[CHIPS];
static struct platform_device *board;
static u32 khz = 400;
static u32 nack_permille;
static bool stuck;
static u64 transfers, bytes, nacks;

void lane_bus_lock(void)
{
	mutex_lock(&bus);
}

void lane_bus_unlock(void)
{
	mutex_unlock(&bus);
}

static struct lane_chip *chip_at(u16 address)
{
	int i;

	for (i = 0; i < CHIPS; i++)
		if (chips[i] && chips[i]->address == address && !chips[i]->unplugged)
			return chips[i];
	return NULL;
}

static void one_message(struct lane_chip *chip, struct i2c_msg *message)
{
	int i;

	if (message->flags & I2C_M_RD) {
		for (i = 0; i < message->len; i++)
			message->buf[i] = chip->read(chip);
	} else if (message->len > 0) {
		chip->pointer = message->buf[0];
		for (i = 1; i < message->len; i++)
			chip->write(chip, message->buf[i]);
	}
}

static int transfer(struct i2c_adapter *adapter, struct i2c_msg *messages, int count)
{
	int i, done = count, refused = -1;
	u32 bits = 0;

	mutex_lock(&bus);
	transfers++;
	if (stuck)
		done = -ETIMEDOUT;
	/* Of the transfers picked, any one message meets the silence: also the read after the register was named. */
	else if (nack_permille && get_random_u32_below(1000) < nack_permille)
		refused = get_random_u32_below(count);
	for (i = 0; i < count && done > 0; i++) {
		struct lane_chip *chip = chip_at(messages[i].addr);

		bits += 11;
		if (!chip || i == refused) {
			nacks++;
			done = -ENXIO;
			break;
		}
		one_message(chip, &messages[i]);
		bits += 9 * messages[i].len;
		bytes += messages[i].len;
	}
	mutex_unlock(&bus);
	if (done == -ETIMEDOUT)
		msleep(20);
	else if (khz)
		usleep_range(bits * 1000 / khz, bits * 1000 / khz + 20);
	return done;
}

static u32 functionality(struct i2c_adapter *adapter)
{
	return I2C_FUNC_I2C | I2C_FUNC_SMBUS_EMUL;
}

static const struct i2c_algorithm algorithm = { .xfer = transfer, .functionality = functionality };

static struct i2c_adapter adapter = { .owner = THIS_MODULE, .name = "bcm2835 (i2c@7e804000), emulated", .algo = &algorithm, .nr = 1 };

static int unplugged_get(void *data, u64 *value)
{
	*value = ((struct lane_chip *)data)->unplugged;
	return 0;
}

static int unplugged_set(void *data, u64 value)
{
	struct lane_chip *chip = data;

	mutex_lock(&bus);
	/* Without its supply a chip forgets everything. */
	if (chip->unplugged && !value)
		chip->power_on(chip);
	chip->unplugged = value;
	mutex_unlock(&bus);
	return 0;
}
DEFINE_DEBUGFS_ATTRIBUTE(unplugged_file, unplugged_get, unplugged_set, "%llu\n");

static int __init lane_i2c_init(void)
{
	struct dentry *top, *folder;
	int i, failed;

	chips[0] = lane_lsm6dsox(0x6a, "6a");
	chips[1] = lane_lsm6dsox(0x6b, "6b");
	chips[2] = lane_max17048(0x36, "36");
	for (i = 0; i < CHIPS; i++)
		if (!chips[i])
			return -ENOMEM;
	board = platform_device_register_simple("lane-i2c", PLATFORM_DEVID_NONE, NULL, 0);
	if (IS_ERR(board))
		return PTR_ERR(board);
	adapter.dev.parent = &board->dev;
	top = debugfs_lookup("lane", NULL);
	if (!top)
		top = debugfs_create_dir("lane", NULL);
	folder = debugfs_create_dir("i2c", top);
	debugfs_create_u32("khz", 0600, folder, &khz);
	debugfs_create_u32("nack_permille", 0600, folder, &nack_permille);
	debugfs_create_bool("stuck", 0600, folder, &stuck);
	debugfs_create_u64("transfers", 0400, folder, &transfers);
	debugfs_create_u64("bytes", 0400, folder, &bytes);
	debugfs_create_u64("nacks", 0400, folder, &nacks);
	for (i = 0; i < CHIPS; i++) {
		folder = debugfs_create_dir(chips[i]->name, top);
		chips[i]->power_on(chips[i]);
		debugfs_create_file_unsafe("unplugged", 0600, folder, chips[i], &unplugged_file);
		chips[i]->files(chips[i], folder);
	}
	failed = i2c_add_numbered_adapter(&adapter);
	if (failed)
		platform_device_unregister(board);
	return failed;
}
module_init(lane_i2c_init);

/* No exit: the machine is thrown away after the test. */
MODULE_DESCRIPTION("I2C bus with emulated sensors, for the device test");
MODULE_LICENSE("GPL");
