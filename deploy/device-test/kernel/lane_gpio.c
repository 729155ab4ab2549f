// SPDX-License-Identifier: GPL-2.0
/*
 * The 54 GPIO lines of a Raspberry Pi 4 for the device test: same label, so that a program takes them for the board's own.
 * Levels of inputs are set, and those of outputs read, through debugfs: lane/gpio/level takes "LINE 0|1", lane/gpio/outputs
 * says what was last driven. Only a test loads this; nothing a unit runs needs it.
 */
#include <linux/debugfs.h>
#include <linux/gpio/driver.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/irqdomain.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/seq_file.h>
#include <linux/uaccess.h>

#define LINES 54
#define CHANGES 256

struct lane_gpio {
	struct gpio_chip chip;
	raw_spinlock_t lock;
	u64 level;		/* what stands at each line */
	u64 output;		/* lines driven by the unit */
	u64 enabled;		/* interrupts not masked */
	u32 trigger[LINES];
	u32 changes;		/* of outputs, since the start */
	struct { u64 time_ns; u8 line; u8 level; } change[CHANGES];
};

static struct lane_gpio lane;
static struct platform_device *board;
static struct dentry *folder;

static int line_direction(struct gpio_chip *chip, unsigned int line)
{
	return lane.output & BIT_ULL(line) ? GPIO_LINE_DIRECTION_OUT : GPIO_LINE_DIRECTION_IN;
}

static int line_get(struct gpio_chip *chip, unsigned int line)
{
	return !!(lane.level & BIT_ULL(line));
}

/* Called with the lock held. */
static void drive(unsigned int line, int level)
{
	u64 was = lane.level;

	lane.level = level ? was | BIT_ULL(line) : was & ~BIT_ULL(line);
	if (lane.level != was) {
		unsigned int at = lane.changes++ % CHANGES;

		lane.change[at].time_ns = ktime_get_ns();
		lane.change[at].line = line;
		lane.change[at].level = !!level;
	}
}

static void line_set(struct gpio_chip *chip, unsigned int line, int level)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&lane.lock, flags);
	drive(line, level);
	raw_spin_unlock_irqrestore(&lane.lock, flags);
}

static int line_input(struct gpio_chip *chip, unsigned int line)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&lane.lock, flags);
	lane.output &= ~BIT_ULL(line);
	raw_spin_unlock_irqrestore(&lane.lock, flags);
	return 0;
}

static int line_output(struct gpio_chip *chip, unsigned int line, int level)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&lane.lock, flags);
	lane.output |= BIT_ULL(line);
	drive(line, level);
	raw_spin_unlock_irqrestore(&lane.lock, flags);
	return 0;
}

/* Pulls are taken as read: a line rests high until the test says otherwise. Debouncing is left to gpiolib, as on a Pi. */
static int line_config(struct gpio_chip *chip, unsigned int line, unsigned long config)
{
	switch (pinconf_to_config_param(config)) {
	case PIN_CONFIG_BIAS_DISABLE:
	case PIN_CONFIG_BIAS_PULL_UP:
	case PIN_CONFIG_BIAS_PULL_DOWN:
		return 0;
	default:
		return -ENOTSUPP;
	}
}

static void irq_mask_line(struct irq_data *data)
{
	struct gpio_chip *chip = irq_data_get_irq_chip_data(data);
	unsigned long flags;

	raw_spin_lock_irqsave(&lane.lock, flags);
	lane.enabled &= ~BIT_ULL(irqd_to_hwirq(data));
	raw_spin_unlock_irqrestore(&lane.lock, flags);
	gpiochip_disable_irq(chip, irqd_to_hwirq(data));
}

static void irq_unmask_line(struct irq_data *data)
{
	struct gpio_chip *chip = irq_data_get_irq_chip_data(data);
	unsigned long flags;

	gpiochip_enable_irq(chip, irqd_to_hwirq(data));
	raw_spin_lock_irqsave(&lane.lock, flags);
	lane.enabled |= BIT_ULL(irqd_to_hwirq(data));
	raw_spin_unlock_irqrestore(&lane.lock, flags);
}

static void irq_ack_line(struct irq_data *data)
{
}

static int irq_type(struct irq_data *data, unsigned int type)
{
	if (type & ~IRQ_TYPE_EDGE_BOTH)
		return -EINVAL;
	lane.trigger[irqd_to_hwirq(data)] = type;
	irq_set_handler_locked(data, handle_edge_irq);
	return 0;
}

static const struct irq_chip lane_irq = {
	.name = "lane-gpio",
	.irq_ack = irq_ack_line,
	.irq_mask = irq_mask_line,
	.irq_unmask = irq_unmask_line,
	.irq_set_type = irq_type,
	.flags = IRQCHIP_IMMUTABLE,
	GPIOCHIP_IRQ_RESOURCE_HELPERS,
};

static ssize_t level_write(struct file *file, const char __user *text, size_t count, loff_t *at)
{
	char line_text[24] = {};
	unsigned int line, level;
	unsigned long flags;
	bool rose, fell, tell;

	if (count >= sizeof(line_text) || copy_from_user(line_text, text, count))
		return -EINVAL;
	if (sscanf(line_text, "%u %u", &line, &level) != 2 || line >= LINES || level > 1)
		return -EINVAL;
	raw_spin_lock_irqsave(&lane.lock, flags);
	rose = level && !(lane.level & BIT_ULL(line));
	fell = !level && (lane.level & BIT_ULL(line));
	lane.level = level ? lane.level | BIT_ULL(line) : lane.level & ~BIT_ULL(line);
	tell = (lane.enabled & BIT_ULL(line)) && ((rose && (lane.trigger[line] & IRQ_TYPE_EDGE_RISING)) ||
						  (fell && (lane.trigger[line] & IRQ_TYPE_EDGE_FALLING)));
	raw_spin_unlock_irqrestore(&lane.lock, flags);
	if (tell)
		generic_handle_domain_irq_safe(lane.chip.irq.domain, line);
	return count;
}

static const struct file_operations level_operations = { .owner = THIS_MODULE, .open = simple_open, .write = level_write };

static int outputs_show(struct seq_file *out, void *nothing)
{
	unsigned int line, first = lane.changes > CHANGES ? lane.changes - CHANGES : 0, at;

	for (line = 0; line < LINES; line++)
		if (lane.output & BIT_ULL(line))
			seq_printf(out, "line %u level %u\n", line, !!(lane.level & BIT_ULL(line)));
	for (at = first; at < lane.changes; at++)
		seq_printf(out, "change %llu ns line %u level %u\n", lane.change[at % CHANGES].time_ns,
			   lane.change[at % CHANGES].line, lane.change[at % CHANGES].level);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(outputs);

static int __init lane_gpio_init(void)
{
	struct gpio_irq_chip *irq = &lane.chip.irq;
	struct dentry *top;
	int failed;

	raw_spin_lock_init(&lane.lock);
	lane.level = GENMASK_ULL(LINES - 1, 0);
	board = platform_device_register_simple("lane-gpio", PLATFORM_DEVID_NONE, NULL, 0);
	if (IS_ERR(board))
		return PTR_ERR(board);
	lane.chip.label = "pinctrl-bcm2711";
	lane.chip.parent = &board->dev;
	lane.chip.owner = THIS_MODULE;
	lane.chip.base = -1;
	lane.chip.ngpio = LINES;
	lane.chip.get_direction = line_direction;
	lane.chip.direction_input = line_input;
	lane.chip.direction_output = line_output;
	lane.chip.get = line_get;
	lane.chip.set = line_set;
	lane.chip.set_config = line_config;
	gpio_irq_chip_set_chip(irq, &lane_irq);
	irq->default_type = IRQ_TYPE_NONE;
	irq->handler = handle_bad_irq;
	failed = gpiochip_add_data(&lane.chip, &lane);
	if (failed) {
		platform_device_unregister(board);
		return failed;
	}
	top = debugfs_lookup("lane", NULL);
	if (!top)
		top = debugfs_create_dir("lane", NULL);
	folder = debugfs_create_dir("gpio", top);
	debugfs_create_file("level", 0200, folder, NULL, &level_operations);
	debugfs_create_file("outputs", 0400, folder, NULL, &outputs_fops);
	return 0;
}
module_init(lane_gpio_init);

/* No exit: a board doesn't lose its lines, and the machine is thrown away after the test. */
MODULE_DESCRIPTION("GPIO lines of an emulated board, for the device test");
MODULE_LICENSE("GPL");
