/*
 * Entrain insole wire protocol, version 1.0, as PROTOCOL.md describes it: reference encoder and decoder in C99.
 *
 * No heap, no stdio, no floating point, no unaligned access, no state of its own. Nothing here is interrupt-safe by
 * itself: use one decoder per line and one output buffer per frame.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef ENTRAIN_PROTOCOL_H
#define ENTRAIN_PROTOCOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ENTRAIN_MAJOR 1u
#define ENTRAIN_MINOR 0u

/* Most bytes of header, payload and checksum; a frame on the line has two more. */
#define ENTRAIN_MAX_RAW 253u
#define ENTRAIN_MAX_FRAME 255u
#define ENTRAIN_MAX_CELLS 16u
#define ENTRAIN_MAX_FIRMWARE 64u
#define ENTRAIN_MIN_TICK_BITS 16u
#define ENTRAIN_MAX_TICK_BITS 48u
#define ENTRAIN_INTERVAL_PARTS_PER_TICK 256u
/* Most bytes of all samples of one batch. */
#define ENTRAIN_MAX_SAMPLE_BYTES 219u

/* Message types. Bit 7 tells the direction: set when the host speaks. */
#define ENTRAIN_HELLO 0x01u
#define ENTRAIN_SAMPLES 0x02u
#define ENTRAIN_STATUS 0x03u
#define ENTRAIN_PONG 0x04u
#define ENTRAIN_REPLY 0x05u
#define ENTRAIN_HELLO_REQUEST 0x81u
#define ENTRAIN_START 0x82u
#define ENTRAIN_STOP 0x83u
#define ENTRAIN_SET_RATE 0x84u
#define ENTRAIN_IDENTIFY 0x85u
#define ENTRAIN_PING 0x86u

/* Sides of a HELLO. */
#define ENTRAIN_SIDE_UNKNOWN 0u
#define ENTRAIN_SIDE_LEFT 1u
#define ENTRAIN_SIDE_RIGHT 2u

/* Results of a REPLY. */
#define ENTRAIN_DONE 0u
#define ENTRAIN_UNKNOWN_COMMAND 1u
#define ENTRAIN_BAD_VALUE 2u
#define ENTRAIN_NOT_NOW 3u
#define ENTRAIN_SENSOR_FAULT 4u
#define ENTRAIN_REPLY_BATTERY_LOW 5u
#define ENTRAIN_REFUSED 255u

/* Fault bits of a STATUS. */
#define ENTRAIN_FAULT_IMU_SILENT (1uL << 0)
#define ENTRAIN_FAULT_IMU_SELF_TEST (1uL << 1)
#define ENTRAIN_FAULT_IMU_OVERRUN (1uL << 2)
#define ENTRAIN_FAULT_LINK_OVERRUN (1uL << 3)
#define ENTRAIN_FAULT_BATTERY_LOW (1uL << 4)
#define ENTRAIN_FAULT_BATTERY_FAULT (1uL << 5)
#define ENTRAIN_FAULT_TEMPERATURE (1uL << 6)
#define ENTRAIN_FAULT_PRESSURE_CELL (1uL << 7)
#define ENTRAIN_FAULT_STORAGE (1uL << 8)
#define ENTRAIN_FAULT_UNEXPECTED_RESET (1uL << 9)

/* Values of a STATUS that say "not known". */
#define ENTRAIN_PERCENT_UNKNOWN 255u
#define ENTRAIN_MILLIVOLTS_UNKNOWN 0u
#define ENTRAIN_TEMPERATURE_UNKNOWN INT16_MIN

/* Who the insole is. */
typedef struct {
    uint64_t serial;
    uint32_t ticks_per_second;  /* over 0 */
    uint32_t rate_millihz;      /* over 0 */
    uint16_t acc_range_millig;  /* what a raw 32768 would mean, 1/1000 g, over 0 */
    uint16_t gyr_range_decidps; /* what a raw 32768 would mean, 1/10 degree per second, over 0 */
    uint8_t tick_bits;          /* 16 to 48 */
    uint8_t side;
    uint8_t pressure_cells; /* 0 to 16 */
    char firmware[ENTRAIN_MAX_FIRMWARE + 1u];
} entrain_hello;

/* One reading, raw. */
typedef struct {
    int16_t acc[3];
    int16_t gyr[3];
    uint16_t pressure[ENTRAIN_MAX_CELLS]; /* 0 to 255 or to 65535, see pressure_16_bit */
} entrain_sample;

/* A batch of readings. After decoding, data points into the decoder and is valid until the next push. */
typedef struct {
    uint32_t seq;         /* of the first sample */
    uint64_t first_ticks; /* of the first sample, below 2^tick_bits */
    uint32_t ticks_per_second;
    uint32_t interval_parts; /* ticks between samples, times 256; over 0 when there are two samples or more */
    uint16_t acc_range_millig;
    uint16_t gyr_range_decidps;
    uint8_t tick_bits;
    uint8_t count; /* 1 to entrain_batch_capacity */
    uint8_t pressure_cells;
    bool pressure_16_bit;
    const uint8_t *data;
} entrain_samples;

/* Room to collect a batch in. Set the fields of head, then begin, add, put. */
typedef struct {
    entrain_samples head;
    uint8_t data[ENTRAIN_MAX_SAMPLE_BYTES];
} entrain_batch;

/* How the insole is. */
typedef struct {
    uint64_t ticks; /* below 2^48 */
    uint32_t faults;
    uint16_t battery_millivolts;
    int16_t temperature_centic; /* 1/100 degree Celsius */
    uint8_t battery_percent;    /* 0 to 100, or unknown */
} entrain_status;

/* Answer to a ping. */
typedef struct {
    uint32_t token;
    uint64_t received_ticks; /* below 2^48 */
    uint64_t sent_ticks;     /* below 2^48 */
} entrain_pong;

/* Answer to any other command. */
typedef struct {
    uint32_t token;
    uint8_t command; /* message type of the command */
    uint8_t result;
} entrain_reply;

/* Any command of a host; the message type says which. */
typedef struct {
    uint32_t token;
    uint32_t rate_millihz; /* SET_RATE only; refuse 0 with BAD_VALUE */
    uint16_t duration_ms;  /* IDENTIFY only; 0 ends it */
} entrain_command;

typedef struct {
    uint8_t type;
    union {
        entrain_hello hello;
        entrain_samples samples;
        entrain_status status;
        entrain_pong pong;
        entrain_reply reply;
        entrain_command command;
    } body;
} entrain_message;

/* Whose messages a decoder takes; those of the other end are passed over. */
typedef enum { ENTRAIN_FROM_DEVICE, ENTRAIN_FROM_HOST } entrain_origin;

typedef struct {
    entrain_origin origin;
    uint32_t frames;             /* accepted */
    uint32_t frames_bad;         /* dropped: length, checksum, version, content */
    uint32_t frames_other_major; /* of these, for the major version */
    uint32_t frames_unknown;     /* accepted, but of a device type that this version does not know */
    uint32_t bytes_skipped;      /* of no accepted frame */
    uint8_t last_other_major;
    bool overlong;
    uint8_t held;
    uint8_t frame[ENTRAIN_MAX_RAW + 1u];
} entrain_decoder;

/*
 * Encoders write a whole frame with its delimiter and return its length. They return 0, and what out holds is of no
 * use, when a field is out of its range.
 */
size_t entrain_put_hello(const entrain_hello *hello, uint8_t out[ENTRAIN_MAX_FRAME]);
size_t entrain_put_samples(const entrain_samples *samples, uint8_t out[ENTRAIN_MAX_FRAME]);
size_t entrain_put_status(const entrain_status *status, uint8_t out[ENTRAIN_MAX_FRAME]);
size_t entrain_put_pong(const entrain_pong *pong, uint8_t out[ENTRAIN_MAX_FRAME]);
size_t entrain_put_reply(const entrain_reply *reply, uint8_t out[ENTRAIN_MAX_FRAME]);
size_t entrain_put_command(uint8_t type, const entrain_command *command, uint8_t out[ENTRAIN_MAX_FRAME]);

/* Most samples of one batch: 18 without pressure cells, 4 with 16 cells of 16 bits. */
uint8_t entrain_batch_capacity(uint8_t pressure_cells, bool pressure_16_bit);
/* Empties a batch; its head keeps all fields but count and data. */
void entrain_batch_begin(entrain_batch *batch);
/* Adds one sample; false when the batch is full. */
bool entrain_batch_add(entrain_batch *batch, const entrain_sample *sample);

void entrain_decoder_init(entrain_decoder *decoder, entrain_origin origin);
/* Forgets a half-received frame. Counters stay. */
void entrain_decoder_reset(entrain_decoder *decoder);
/* Takes one byte; true when it completed a message, which is then in *message. */
bool entrain_decoder_push(entrain_decoder *decoder, uint8_t byte, entrain_message *message);

/* Reads sample number index, 0 to count - 1. */
void entrain_sample_at(const entrain_samples *samples, uint8_t index, entrain_sample *sample);
/* Ticks of sample number index, wrapped to the counter's width. */
uint64_t entrain_sample_ticks(const entrain_samples *samples, uint8_t index);

#endif
