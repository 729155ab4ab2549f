/*
 * Entrain insole wire protocol: what encoder and decoder share. Not for users of the protocol.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef ENTRAIN_WIRE_H
#define ENTRAIN_WIRE_H

#include "entrain_protocol.h"

#define HEADER_BYTES 2u
#define CRC_BYTES 4u
#define MIN_RAW_BYTES (HEADER_BYTES + CRC_BYTES)
#define IMU_BYTES 12u
#define FLAG_PRESSURE_16_BIT 0x01u
#define FROM_HOST_BIT 0x80u

#define HELLO_BYTES 24u
#define SAMPLES_HEADER_BYTES 28u
#define STATUS_BYTES 17u
#define PONG_BYTES 20u
#define REPLY_BYTES 6u
#define TOKEN_BYTES 4u
#define SET_RATE_BYTES 8u
#define IDENTIFY_BYTES 6u

/* Adds a byte to a running CRC-32C that starts as 0xffffffff and is inverted at the end. */
uint32_t entrain_crc_add(uint32_t crc, uint8_t byte);
/* Bytes of one sample of a batch. */
size_t entrain_sample_bytes(uint8_t cells, bool wide);

/* Whether every field is in its range. */
bool entrain_ticks_ok(uint64_t ticks);
bool entrain_hello_ok(const entrain_hello *h);
bool entrain_samples_ok(const entrain_samples *s);
bool entrain_status_ok(const entrain_status *s);

#endif
