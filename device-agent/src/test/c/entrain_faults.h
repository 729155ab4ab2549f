/*
 * Faults planted while the test card plays: a file in its folder, named as below, that holds a number (an empty file is not
 * there yet). What happens once is taken: the card removes its file when it does it.
 *
 *   refuse ERRNO   while it is there the card cannot be opened: 16 busy, 19 no such device, 2 no such file
 *   start ERRNO    while it is there the card does not start
 *   unplug 1       once: the card is gone for who has it open
 *   xrun 1         once: it runs dry
 *   suspend MS     once: it is suspended; its position stands still, and for MS it cannot be resumed
 *   stall MS       once: its position stands still for MS, wakes nobody, and then goes on as if nothing had been
 */
#ifndef ENTRAIN_FAULTS_H
#define ENTRAIN_FAULTS_H

typedef struct {
	char folder[4096]; /* empty: no faults */
} faults_t;

/* Returns whether a fault is there, with its number. */
int faults_there(const faults_t *faults, const char *name, long *number);

/* The same, and removes it. */
int faults_take(const faults_t *faults, const char *name, long *number);

#endif
