/*
 * Entrain insole wire protocol, version 1.0: checksum and ranges. See entrain_protocol.h and PROTOCOL.md.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "entrain_wire.h"

/* ---- checksum: CRC-32C, four bits at a time, so that the table takes 64 bytes of flash ---- */

static const uint32_t crc_table[16] = {
    0x00000000u, 0x105ec76fu, 0x20bd8edeu, 0x30e349b1u, 0x417b1dbcu, 0x5125dad3u, 0x61c69362u, 0x7198540du,
    0x82f63b78u, 0x92a8fc17u, 0xa24bb5a6u, 0xb21572c9u, 0xc38d26c4u, 0xd3d3e1abu, 0xe330a81au, 0xf36e6f75u};

uint32_t entrain_crc_add(uint32_t crc, uint8_t byte) {
    crc ^= byte;
    crc = (crc >> 4) ^ crc_table[crc & 15u];
    return (crc >> 4) ^ crc_table[crc & 15u];
}

/* ---- ranges, the same for both directions ---- */

size_t entrain_sample_bytes(uint8_t cells, bool wide) {
    return IMU_BYTES + (size_t)cells * (wide ? 2u : 1u);
}

bool entrain_ticks_ok(uint64_t ticks) {
    return (ticks >> ENTRAIN_MAX_TICK_BITS) == 0u;
}

static bool tick_bits_ok(uint8_t bits) {
    return bits >= ENTRAIN_MIN_TICK_BITS && bits <= ENTRAIN_MAX_TICK_BITS;
}

bool entrain_hello_ok(const entrain_hello *h) {
    return h->ticks_per_second != 0u && h->rate_millihz != 0u && h->acc_range_millig != 0u &&
           h->gyr_range_decidps != 0u && tick_bits_ok(h->tick_bits) && h->pressure_cells <= ENTRAIN_MAX_CELLS;
}

bool entrain_samples_ok(const entrain_samples *s) {
    uint64_t span_ticks;
    if (!tick_bits_ok(s->tick_bits) || (s->first_ticks >> s->tick_bits) != 0u || s->ticks_per_second == 0u ||
        s->acc_range_millig == 0u || s->gyr_range_decidps == 0u || s->pressure_cells > ENTRAIN_MAX_CELLS ||
        s->count == 0u) {
        return false;
    }
    if (s->count == 1u) {
        return true;
    }
    span_ticks = (uint64_t)(s->count - 1u) * s->interval_parts / ENTRAIN_INTERVAL_PARTS_PER_TICK;
    return s->interval_parts != 0u && span_ticks < (uint64_t)1u << (s->tick_bits - 1u);
}

bool entrain_status_ok(const entrain_status *s) {
    return entrain_ticks_ok(s->ticks) && (s->battery_percent <= 100u || s->battery_percent == ENTRAIN_PERCENT_UNKNOWN);
}
