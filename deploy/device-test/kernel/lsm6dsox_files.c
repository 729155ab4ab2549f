// SPDX-License-Identifier: GPL-2.0
/* What the test sets and reads of an LSM6DSOX, in debugfs; lsm6dsox.c says what each file means. */
#include <linux/fs.h>
#include <linux/ktime.h>
#include <linux/module.h>
#include <linux/uaccess.h>
#include "lsm6dsox.h"

static const char *const names[] = { "still", "walk", "lift", "count" };

static ssize_t play_write(struct file *file, const char __user *text, size_t count, loff_t *at)
{
	struct lsm6dsox *imu = file->private_data;
	char word[8] = {};
	int found;

	if (count > sizeof(word) || copy_from_user(word, text, min(count, sizeof(word) - 1)))
		return -EINVAL;
	found = sysfs_match_string(names, strim(word));
	if (found < 0)
		return found;
	lane_bus_lock();
	lsm6dsox_catch_up(imu);
	imu->playing = found;
	imu->play_ns = ktime_get_ns();
	lane_bus_unlock();
	return count;
}

static ssize_t play_read(struct file *file, char __user *to, size_t count, loff_t *at)
{
	struct lsm6dsox *imu = file->private_data;
	char line[96];
	int length = scnprintf(line, sizeof(line), "%s since %llu now %llu\n", names[imu->playing], imu->play_ns, ktime_get_ns());

	return simple_read_from_buffer(to, count, at, line, length);
}
static const struct file_operations play_file = { .owner = THIS_MODULE, .open = simple_open, .read = play_read, .write = play_write };

static ssize_t recording_write(struct file *file, const char __user *from, size_t count, loff_t *at)
{
	struct lsm6dsox *imu = file->private_data;
	ssize_t wrote;

	lane_bus_lock();
	wrote = simple_write_to_buffer(imu->recording, RECORDING_MAX, at, from, count);
	imu->recorded = *at / sizeof(struct reading);
	lane_bus_unlock();
	return wrote;
}
static const struct file_operations recording_file = { .owner = THIS_MODULE, .open = simple_open, .write = recording_write };

static ssize_t log_read(struct file *file, char __user *to, size_t count, loff_t *at)
{
	struct lsm6dsox *imu = file->private_data;

	return simple_read_from_buffer(to, count, at, imu->log, imu->logged * sizeof(struct log_entry));
}

static ssize_t log_write(struct file *file, const char __user *from, size_t count, loff_t *at)
{
	struct lsm6dsox *imu = file->private_data;

	lane_bus_lock();
	imu->logged = 0;
	lane_bus_unlock();
	return count;
}
static const struct file_operations log_file = { .owner = THIS_MODULE, .open = simple_open, .read = log_read, .write = log_write };

void lsm6dsox_files(struct lane_chip *chip, struct dentry *folder)
{
	struct lsm6dsox *imu = container_of(chip, struct lsm6dsox, chip);

	debugfs_create_file("play", 0600, folder, imu, &play_file);
	debugfs_create_file("recording", 0200, folder, imu, &recording_file);
	debugfs_create_file("log", 0600, folder, imu, &log_file);
	debugfs_create_u32("recording_mhz", 0600, folder, &imu->recording_mhz);
	debugfs_create_u32("ppm", 0600, folder, &imu->ppm);
	debugfs_create_u32("number", 0400, folder, &imu->number);
	debugfs_create_u32("fifo_high", 0600, folder, &imu->high);
	debugfs_create_u64("overruns", 0600, folder, &imu->overruns);
}
