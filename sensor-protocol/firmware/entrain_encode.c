/*
 * Entrain insole wire protocol, version 1.0: encoders. See entrain_protocol.h and PROTOCOL.md.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "entrain_wire.h"

/* ---- writing: bytes are stuffed as they come, so a frame needs no second buffer ---- */

typedef struct {
    uint8_t *out;
    size_t length;
    size_t code_at; /* where the distance to the next zero will stand */
    uint32_t crc;
} writer;

static void stuff(writer *w, uint8_t byte) {
    if (byte == 0u) {
        w->out[w->code_at] = (uint8_t)(w->length - w->code_at);
        w->code_at = w->length;
    } else {
        w->out[w->length] = byte;
    }
    w->length++;
}

static void put8(writer *w, uint8_t value) {
    w->crc = entrain_crc_add(w->crc, value);
    stuff(w, value);
}

static void put16(writer *w, uint16_t value) {
    put8(w, (uint8_t)(value & 0xffu));
    put8(w, (uint8_t)(value >> 8));
}

static void put32(writer *w, uint32_t value) {
    put16(w, (uint16_t)(value & 0xffffu));
    put16(w, (uint16_t)(value >> 16));
}

static void put64(writer *w, uint64_t value) {
    put32(w, (uint32_t)(value & 0xffffffffu));
    put32(w, (uint32_t)(value >> 32));
}

static writer begin(uint8_t type, uint8_t *out) {
    writer w;
    w.out = out;
    w.length = 1u;
    w.code_at = 0u;
    w.crc = 0xffffffffu;
    put8(&w, (uint8_t)((ENTRAIN_MAJOR << 4) | ENTRAIN_MINOR));
    put8(&w, type);
    return w;
}

static size_t finish(writer *w) {
    uint32_t crc = ~w->crc;
    unsigned i;
    for (i = 0u; i < CRC_BYTES; i++) {
        stuff(w, (uint8_t)((crc >> (8u * i)) & 0xffu));
    }
    w->out[w->code_at] = (uint8_t)(w->length - w->code_at);
    w->out[w->length] = 0u;
    return w->length + 1u;
}

/* ---- encoders ---- */

size_t entrain_put_hello(const entrain_hello *hello, uint8_t out[ENTRAIN_MAX_FRAME]) {
    writer w;
    uint8_t text = 0u;
    uint8_t i;
    while (text < ENTRAIN_MAX_FIRMWARE && hello->firmware[text] != '\0') {
        text++;
    }
    if (!entrain_hello_ok(hello)) {
        return 0u;
    }
    w = begin(ENTRAIN_HELLO, out);
    put64(&w, hello->serial);
    put32(&w, hello->ticks_per_second);
    put32(&w, hello->rate_millihz);
    put16(&w, hello->acc_range_millig);
    put16(&w, hello->gyr_range_decidps);
    put8(&w, hello->tick_bits);
    put8(&w, hello->side);
    put8(&w, hello->pressure_cells);
    put8(&w, text);
    for (i = 0u; i < text; i++) {
        put8(&w, (uint8_t)hello->firmware[i]);
    }
    return finish(&w);
}

size_t entrain_put_samples(const entrain_samples *samples, uint8_t out[ENTRAIN_MAX_FRAME]) {
    writer w;
    size_t bytes;
    size_t i;
    if (!entrain_samples_ok(samples) ||
        samples->count > entrain_batch_capacity(samples->pressure_cells, samples->pressure_16_bit)) {
        return 0u;
    }
    w = begin(ENTRAIN_SAMPLES, out);
    put32(&w, samples->seq);
    put64(&w, samples->first_ticks);
    put32(&w, samples->ticks_per_second);
    put32(&w, samples->interval_parts);
    put16(&w, samples->acc_range_millig);
    put16(&w, samples->gyr_range_decidps);
    put8(&w, samples->tick_bits);
    put8(&w, samples->count);
    put8(&w, samples->pressure_cells);
    put8(&w, samples->pressure_16_bit ? FLAG_PRESSURE_16_BIT : 0u);
    bytes = samples->count * entrain_sample_bytes(samples->pressure_cells, samples->pressure_16_bit);
    for (i = 0u; i < bytes; i++) {
        put8(&w, samples->data[i]);
    }
    return finish(&w);
}

size_t entrain_put_status(const entrain_status *status, uint8_t out[ENTRAIN_MAX_FRAME]) {
    writer w;
    if (!entrain_status_ok(status)) {
        return 0u;
    }
    w = begin(ENTRAIN_STATUS, out);
    put64(&w, status->ticks);
    put32(&w, status->faults);
    put16(&w, status->battery_millivolts);
    put16(&w, (uint16_t)status->temperature_centic);
    put8(&w, status->battery_percent);
    return finish(&w);
}

size_t entrain_put_pong(const entrain_pong *pong, uint8_t out[ENTRAIN_MAX_FRAME]) {
    writer w;
    if (!entrain_ticks_ok(pong->received_ticks) || !entrain_ticks_ok(pong->sent_ticks)) {
        return 0u;
    }
    w = begin(ENTRAIN_PONG, out);
    put32(&w, pong->token);
    put64(&w, pong->received_ticks);
    put64(&w, pong->sent_ticks);
    return finish(&w);
}

size_t entrain_put_reply(const entrain_reply *reply, uint8_t out[ENTRAIN_MAX_FRAME]) {
    writer w = begin(ENTRAIN_REPLY, out);
    put32(&w, reply->token);
    put8(&w, reply->command);
    put8(&w, reply->result);
    return finish(&w);
}

size_t entrain_put_command(uint8_t type, const entrain_command *command, uint8_t out[ENTRAIN_MAX_FRAME]) {
    writer w;
    if ((type & FROM_HOST_BIT) == 0u || (type == ENTRAIN_SET_RATE && command->rate_millihz == 0u)) {
        return 0u;
    }
    w = begin(type, out);
    put32(&w, command->token);
    if (type == ENTRAIN_SET_RATE) {
        put32(&w, command->rate_millihz);
    } else if (type == ENTRAIN_IDENTIFY) {
        put16(&w, command->duration_ms);
    }
    return finish(&w);
}

/* ---- collecting a batch ---- */

uint8_t entrain_batch_capacity(uint8_t pressure_cells, bool pressure_16_bit) {
    return (uint8_t)(ENTRAIN_MAX_SAMPLE_BYTES / entrain_sample_bytes(pressure_cells, pressure_16_bit));
}

void entrain_batch_begin(entrain_batch *batch) {
    batch->head.count = 0u;
    batch->head.data = batch->data;
}

bool entrain_batch_add(entrain_batch *batch, const entrain_sample *sample) {
    entrain_samples *head = &batch->head;
    uint8_t *to;
    unsigned i;
    if (head->pressure_cells > ENTRAIN_MAX_CELLS ||
        head->count >= entrain_batch_capacity(head->pressure_cells, head->pressure_16_bit)) {
        return false;
    }
    to = batch->data + head->count * entrain_sample_bytes(head->pressure_cells, head->pressure_16_bit);
    for (i = 0u; i < 6u; i++) {
        uint16_t value = (uint16_t)(i < 3u ? sample->acc[i] : sample->gyr[i - 3u]);
        *to++ = (uint8_t)(value & 0xffu);
        *to++ = (uint8_t)(value >> 8);
    }
    for (i = 0u; i < head->pressure_cells; i++) {
        *to++ = (uint8_t)(sample->pressure[i] & 0xffu);
        if (head->pressure_16_bit) {
            *to++ = (uint8_t)(sample->pressure[i] >> 8);
        }
    }
    head->count++;
    return true;
}
