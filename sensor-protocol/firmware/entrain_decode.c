/*
 * Entrain insole wire protocol, version 1.0: decoder. See entrain_protocol.h and PROTOCOL.md.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "entrain_wire.h"

/* ---- reading ---- */

static uint16_t get16(const uint8_t *at) {
    return (uint16_t)(at[0] | (uint16_t)(at[1] << 8));
}

static uint32_t get32(const uint8_t *at) {
    return get16(at) | ((uint32_t)get16(at + 2) << 16);
}

static uint64_t get64(const uint8_t *at) {
    return get32(at) | ((uint64_t)get32(at + 4) << 32);
}

/* Two's complement by arithmetic, as the conversion of large unsigned values is the compiler's choice in C99. */
static int16_t get_signed16(const uint8_t *at) {
    uint16_t value = get16(at);
    return (int16_t)(value < 0x8000u ? (int32_t)value : (int32_t)value - 0x10000);
}

void entrain_sample_at(const entrain_samples *samples, uint8_t index, entrain_sample *sample) {
    const uint8_t *at = samples->data + index * entrain_sample_bytes(samples->pressure_cells, samples->pressure_16_bit);
    unsigned i;
    for (i = 0u; i < 3u; i++) {
        sample->acc[i] = get_signed16(at + 2u * i);
        sample->gyr[i] = get_signed16(at + 6u + 2u * i);
    }
    at += IMU_BYTES;
    for (i = 0u; i < ENTRAIN_MAX_CELLS; i++) {
        if (i >= samples->pressure_cells) {
            sample->pressure[i] = 0u;
        } else {
            sample->pressure[i] = samples->pressure_16_bit ? get16(at + 2u * i) : at[i];
        }
    }
}

uint64_t entrain_sample_ticks(const entrain_samples *samples, uint8_t index) {
    uint64_t after = (uint64_t)index * samples->interval_parts / ENTRAIN_INTERVAL_PARTS_PER_TICK;
    return (samples->first_ticks + after) & (((uint64_t)1u << samples->tick_bits) - 1u);
}

static bool get_hello(const uint8_t *payload, size_t length, entrain_hello *h) {
    size_t text;
    size_t i;
    if (length < HELLO_BYTES) {
        return false;
    }
    h->serial = get64(payload);
    h->ticks_per_second = get32(payload + 8);
    h->rate_millihz = get32(payload + 12);
    h->acc_range_millig = get16(payload + 16);
    h->gyr_range_decidps = get16(payload + 18);
    h->tick_bits = payload[20];
    h->side = payload[21] <= ENTRAIN_SIDE_RIGHT ? payload[21] : ENTRAIN_SIDE_UNKNOWN;
    h->pressure_cells = payload[22];
    text = payload[23];
    if (text > ENTRAIN_MAX_FIRMWARE || length < HELLO_BYTES + text || !entrain_hello_ok(h)) {
        return false;
    }
    for (i = 0u; i < text; i++) {
        uint8_t c = payload[HELLO_BYTES + i];
        h->firmware[i] = (c >= 0x20u && c <= 0x7eu) ? (char)c : '?';
    }
    h->firmware[text] = '\0';
    return true;
}

static bool get_samples(const uint8_t *payload, size_t length, entrain_samples *s) {
    if (length < SAMPLES_HEADER_BYTES) {
        return false;
    }
    s->seq = get32(payload);
    s->first_ticks = get64(payload + 4);
    s->ticks_per_second = get32(payload + 12);
    s->interval_parts = get32(payload + 16);
    s->acc_range_millig = get16(payload + 20);
    s->gyr_range_decidps = get16(payload + 22);
    s->tick_bits = payload[24];
    s->count = payload[25];
    s->pressure_cells = payload[26];
    s->pressure_16_bit = (payload[27] & FLAG_PRESSURE_16_BIT) != 0u;
    s->data = payload + SAMPLES_HEADER_BYTES;
    return entrain_samples_ok(s) &&
           length >= SAMPLES_HEADER_BYTES + s->count * entrain_sample_bytes(s->pressure_cells, s->pressure_16_bit);
}

static bool get_status(const uint8_t *payload, size_t length, entrain_status *s) {
    if (length < STATUS_BYTES) {
        return false;
    }
    s->ticks = get64(payload);
    s->faults = get32(payload + 8);
    s->battery_millivolts = get16(payload + 12);
    s->temperature_centic = get_signed16(payload + 14);
    s->battery_percent = payload[16];
    return entrain_status_ok(s);
}

static bool get_pong(const uint8_t *payload, size_t length, entrain_pong *p) {
    if (length < PONG_BYTES) {
        return false;
    }
    p->token = get32(payload);
    p->received_ticks = get64(payload + 4);
    p->sent_ticks = get64(payload + 12);
    return entrain_ticks_ok(p->received_ticks) && entrain_ticks_ok(p->sent_ticks);
}

static bool get_reply(const uint8_t *payload, size_t length, entrain_reply *r) {
    if (length < REPLY_BYTES) {
        return false;
    }
    r->token = get32(payload);
    r->command = payload[4];
    r->result = payload[5] <= ENTRAIN_REPLY_BATTERY_LOW ? payload[5] : ENTRAIN_REFUSED;
    return true;
}

static bool get_command(uint8_t type, const uint8_t *payload, size_t length, entrain_command *c) {
    if (length < TOKEN_BYTES || (type == ENTRAIN_SET_RATE && length < SET_RATE_BYTES) ||
        (type == ENTRAIN_IDENTIFY && length < IDENTIFY_BYTES)) {
        return false;
    }
    c->token = get32(payload);
    c->rate_millihz = type == ENTRAIN_SET_RATE ? get32(payload + 4) : 0u;
    c->duration_ms = type == ENTRAIN_IDENTIFY ? get16(payload + 4) : 0u;
    return true;
}

/* What became of an intact frame. */
typedef enum { TAKEN, PASSED_OVER, BAD } verdict;

static verdict interpret(entrain_decoder *d, size_t length, entrain_message *m) {
    const uint8_t *payload = d->frame + HEADER_BYTES;
    bool from_host = (d->frame[1] & FROM_HOST_BIT) != 0u;
    bool good;
    m->type = d->frame[1];
    if (from_host && d->origin == ENTRAIN_FROM_HOST) {
        return get_command(m->type, payload, length, &m->body.command) ? TAKEN : BAD;
    }
    if (d->origin == ENTRAIN_FROM_HOST) {
        d->frames_unknown++;
        return PASSED_OVER;
    }
    switch (m->type) {
        case ENTRAIN_HELLO:
            good = get_hello(payload, length, &m->body.hello);
            break;
        case ENTRAIN_SAMPLES:
            good = get_samples(payload, length, &m->body.samples);
            break;
        case ENTRAIN_STATUS:
            good = get_status(payload, length, &m->body.status);
            break;
        case ENTRAIN_PONG:
            good = get_pong(payload, length, &m->body.pong);
            break;
        case ENTRAIN_REPLY:
            good = get_reply(payload, length, &m->body.reply);
            break;
        default:
            d->frames_unknown++;
            return PASSED_OVER;
    }
    return good ? TAKEN : BAD;
}

/* Undoes the stuffing in place. Returns the length without it, 0 for bytes that no encoder writes. */
static size_t unstuff(uint8_t *frame, size_t length) {
    size_t code_at = 0u;
    size_t to = 0u;
    while (code_at < length) {
        size_t next = code_at + frame[code_at];
        size_t i;
        if (next > length) {
            return 0u;
        }
        for (i = code_at + 1u; i < next; i++) {
            frame[to++] = frame[i];
        }
        if (next < length) {
            frame[to++] = 0u;
        }
        code_at = next;
    }
    return to;
}

static bool checksum_holds(const uint8_t *raw, size_t length) {
    uint32_t crc = 0xffffffffu;
    size_t i;
    for (i = 0u; i < length - CRC_BYTES; i++) {
        crc = entrain_crc_add(crc, raw[i]);
    }
    return ~crc == get32(raw + length - CRC_BYTES);
}

static bool end_frame(entrain_decoder *d, entrain_message *m) {
    size_t length = d->held;
    size_t raw;
    verdict outcome = BAD;
    d->held = 0u;
    if (d->overlong || length == 0u) {
        d->overlong = false;
        d->bytes_skipped++;
        return false;
    }
    raw = unstuff(d->frame, length);
    if (raw >= MIN_RAW_BYTES && checksum_holds(d->frame, raw)) {
        if (d->frame[0] >> 4 == ENTRAIN_MAJOR) {
            outcome = interpret(d, raw - MIN_RAW_BYTES, m);
        } else {
            d->frames_other_major++;
            d->last_other_major = (uint8_t)(d->frame[0] >> 4);
        }
    }
    if (outcome == BAD) {
        d->frames_bad++;
        d->bytes_skipped += (uint32_t)length + 1u;
    } else {
        d->frames++;
    }
    return outcome == TAKEN;
}

void entrain_decoder_init(entrain_decoder *decoder, entrain_origin origin) {
    decoder->origin = origin;
    decoder->frames = 0u;
    decoder->frames_bad = 0u;
    decoder->frames_other_major = 0u;
    decoder->frames_unknown = 0u;
    decoder->bytes_skipped = 0u;
    decoder->last_other_major = 0u;
    decoder->overlong = false;
    decoder->held = 0u;
}

void entrain_decoder_reset(entrain_decoder *decoder) {
    decoder->bytes_skipped += decoder->held;
    decoder->overlong = false;
    decoder->held = 0u;
}

bool entrain_decoder_push(entrain_decoder *decoder, uint8_t byte, entrain_message *message) {
    if (byte == 0u) {
        return end_frame(decoder, message);
    }
    if (decoder->overlong) {
        decoder->bytes_skipped++;
    } else if (decoder->held == ENTRAIN_MAX_RAW + 1u) {
        decoder->overlong = true;
        decoder->frames_bad++;
        decoder->bytes_skipped += decoder->held + 1u;
        decoder->held = 0u;
    } else {
        decoder->frame[decoder->held++] = byte;
    }
    return false;
}
