/*
 * Runs the golden vectors through the reference implementation: test_vectors FILE. Every vector must decode to what it
 * says, and encode to the same bytes unless it is for decoding only. Needs an operating system, unlike the library.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "../entrain_protocol.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LINE 4096

typedef struct {
    char name[LINE];
    char from[LINE];
    char how[LINE];
    char says[LINE];
    char hex[LINE];
} vector;

/* The text after " key=", or NULL. */
static const char *find(const char *says, const char *key) {
    char pattern[64];
    const char *at;
    sprintf(pattern, " %s=", key);
    at = strstr(says, pattern);
    return at == NULL ? NULL : at + strlen(pattern);
}

static uint64_t number(const char *says, const char *key, int base) {
    const char *at = find(says, key);
    return at == NULL ? 0u : strtoull(at, NULL, base);
}

static long signed_number(const char *says, const char *key) {
    const char *at = find(says, key);
    return at == NULL ? 0 : strtol(at, NULL, 10);
}

static bool is(const char *says, const char *type) {
    size_t length = strlen(type);
    return strncmp(says, type, length) == 0 && (says[length] == ' ' || says[length] == '\0');
}

/* ---- message to text ---- */

static void say_samples(const entrain_samples *s, char *out) {
    unsigned i;
    unsigned c;
    out += sprintf(out,
                   "SAMPLES seq=%" PRIu32 " first_ticks=%" PRIu64 " ticks_per_second=%" PRIu32
                   " interval_parts=%" PRIu32 " acc_range_millig=%u gyr_range_decidps=%u tick_bits=%u count=%u"
                   " pressure_cells=%u pressure_bits=%d samples=",
                   s->seq, s->first_ticks, s->ticks_per_second, s->interval_parts, s->acc_range_millig,
                   s->gyr_range_decidps, s->tick_bits, s->count, s->pressure_cells, s->pressure_16_bit ? 16 : 8);
    for (i = 0; i < s->count; i++) {
        entrain_sample sample;
        entrain_sample_at(s, (uint8_t)i, &sample);
        out += sprintf(out, "%s%d,%d,%d,%d,%d,%d", i == 0 ? "" : ";", sample.acc[0], sample.acc[1], sample.acc[2],
                       sample.gyr[0], sample.gyr[1], sample.gyr[2]);
        for (c = 0; c < s->pressure_cells; c++) {
            out += sprintf(out, ",%u", sample.pressure[c]);
        }
    }
}

static void say_command(uint8_t type, const entrain_command *c, char *out) {
    static const char *const names[] = {"HELLO_REQUEST", "START", "STOP", "SET_RATE", "IDENTIFY", "PING"};
    if (type > ENTRAIN_PING) {
        sprintf(out, "UNKNOWN token=%" PRIu32 " command=%u", c->token, type);
        return;
    }
    out += sprintf(out, "%s token=%" PRIu32, names[type - ENTRAIN_HELLO_REQUEST], c->token);
    if (type == ENTRAIN_SET_RATE) {
        sprintf(out, " rate_millihz=%" PRIu32, c->rate_millihz);
    } else if (type == ENTRAIN_IDENTIFY) {
        sprintf(out, " duration_ms=%u", c->duration_ms);
    }
}

static void say(const entrain_message *m, char *out) {
    const entrain_hello *h = &m->body.hello;
    const entrain_status *s = &m->body.status;
    const entrain_pong *p = &m->body.pong;
    const entrain_reply *r = &m->body.reply;
    switch (m->type) {
        case ENTRAIN_HELLO:
            sprintf(out,
                    "HELLO serial=%016" PRIx64 " ticks_per_second=%" PRIu32 " rate_millihz=%" PRIu32
                    " acc_range_millig=%u gyr_range_decidps=%u tick_bits=%u side=%u pressure_cells=%u firmware=%s",
                    h->serial, h->ticks_per_second, h->rate_millihz, h->acc_range_millig, h->gyr_range_decidps,
                    h->tick_bits, h->side, h->pressure_cells, h->firmware);
            break;
        case ENTRAIN_SAMPLES:
            say_samples(&m->body.samples, out);
            break;
        case ENTRAIN_STATUS:
            sprintf(out,
                    "STATUS ticks=%" PRIu64 " faults=%" PRIu32
                    " battery_millivolts=%u temperature_centic=%d battery_percent=%u",
                    s->ticks, s->faults, s->battery_millivolts, s->temperature_centic, s->battery_percent);
            break;
        case ENTRAIN_PONG:
            sprintf(out, "PONG token=%" PRIu32 " received_ticks=%" PRIu64 " sent_ticks=%" PRIu64, p->token,
                    p->received_ticks, p->sent_ticks);
            break;
        case ENTRAIN_REPLY:
            sprintf(out, "REPLY token=%" PRIu32 " command=%u result=%u", r->token, r->command, r->result);
            break;
        default:
            say_command(m->type, &m->body.command, out);
            break;
    }
}

/* ---- text to frame ---- */

static size_t put_hello(const char *says, uint8_t *out) {
    entrain_hello h;
    memset(&h, 0, sizeof h);
    h.serial = number(says, "serial", 16);
    h.ticks_per_second = (uint32_t)number(says, "ticks_per_second", 10);
    h.rate_millihz = (uint32_t)number(says, "rate_millihz", 10);
    h.acc_range_millig = (uint16_t)number(says, "acc_range_millig", 10);
    h.gyr_range_decidps = (uint16_t)number(says, "gyr_range_decidps", 10);
    h.tick_bits = (uint8_t)number(says, "tick_bits", 10);
    h.side = (uint8_t)number(says, "side", 10);
    h.pressure_cells = (uint8_t)number(says, "pressure_cells", 10);
    strncpy(h.firmware, find(says, "firmware"), ENTRAIN_MAX_FIRMWARE);
    return entrain_put_hello(&h, out);
}

static size_t put_samples(const char *says, uint8_t *out) {
    entrain_batch batch;
    entrain_samples *s = &batch.head;
    const char *at = find(says, "samples");
    unsigned i;
    unsigned v;
    s->seq = (uint32_t)number(says, "seq", 10);
    s->first_ticks = number(says, "first_ticks", 10);
    s->ticks_per_second = (uint32_t)number(says, "ticks_per_second", 10);
    s->interval_parts = (uint32_t)number(says, "interval_parts", 10);
    s->acc_range_millig = (uint16_t)number(says, "acc_range_millig", 10);
    s->gyr_range_decidps = (uint16_t)number(says, "gyr_range_decidps", 10);
    s->tick_bits = (uint8_t)number(says, "tick_bits", 10);
    s->pressure_cells = (uint8_t)number(says, "pressure_cells", 10);
    s->pressure_16_bit = number(says, "pressure_bits", 10) == 16u;
    entrain_batch_begin(&batch);
    for (i = 0; i < number(says, "count", 10); i++) {
        entrain_sample sample;
        for (v = 0; v < 6u + s->pressure_cells; v++) {
            char *end;
            long value = strtol(at, &end, 10);
            at = end + 1; /* over the comma or semicolon */
            if (v < 3u) {
                sample.acc[v] = (int16_t)value;
            } else if (v < 6u) {
                sample.gyr[v - 3u] = (int16_t)value;
            } else {
                sample.pressure[v - 6u] = (uint16_t)value;
            }
        }
        if (!entrain_batch_add(&batch, &sample)) {
            return 0u;
        }
    }
    return entrain_put_samples(s, out);
}

static size_t put_command(const char *says, uint8_t *out) {
    static const char *const names[] = {"HELLO_REQUEST", "START", "STOP", "SET_RATE", "IDENTIFY", "PING"};
    entrain_command c;
    unsigned i;
    c.token = (uint32_t)number(says, "token", 10);
    c.rate_millihz = (uint32_t)number(says, "rate_millihz", 10);
    c.duration_ms = (uint16_t)number(says, "duration_ms", 10);
    for (i = 0; i < 6u; i++) {
        if (is(says, names[i])) {
            return entrain_put_command((uint8_t)(ENTRAIN_HELLO_REQUEST + i), &c, out);
        }
    }
    return 0u;
}

static size_t put(const char *says, uint8_t *out) {
    if (is(says, "HELLO")) {
        return put_hello(says, out);
    }
    if (is(says, "SAMPLES")) {
        return put_samples(says, out);
    }
    if (is(says, "STATUS")) {
        entrain_status s;
        s.ticks = number(says, "ticks", 10);
        s.faults = (uint32_t)number(says, "faults", 10);
        s.battery_millivolts = (uint16_t)number(says, "battery_millivolts", 10);
        s.temperature_centic = (int16_t)signed_number(says, "temperature_centic");
        s.battery_percent = (uint8_t)number(says, "battery_percent", 10);
        return entrain_put_status(&s, out);
    }
    if (is(says, "PONG")) {
        entrain_pong p;
        p.token = (uint32_t)number(says, "token", 10);
        p.received_ticks = number(says, "received_ticks", 10);
        p.sent_ticks = number(says, "sent_ticks", 10);
        return entrain_put_pong(&p, out);
    }
    if (is(says, "REPLY")) {
        entrain_reply r;
        r.token = (uint32_t)number(says, "token", 10);
        r.command = (uint8_t)number(says, "command", 10);
        r.result = (uint8_t)number(says, "result", 10);
        return entrain_put_reply(&r, out);
    }
    return put_command(says, out);
}

/* ---- one vector ---- */

static bool decodes(const vector *v) {
    entrain_decoder decoder;
    entrain_message message;
    char heard[LINE] = "DROPPED";
    const char *at;
    entrain_decoder_init(&decoder, strcmp(v->from, "host") == 0 ? ENTRAIN_FROM_HOST : ENTRAIN_FROM_DEVICE);
    for (at = v->hex; *at != '\0';) {
        char *end;
        uint8_t byte = (uint8_t)strtoul(at, &end, 16);
        if (end == at) {
            break;
        }
        at = end;
        if (entrain_decoder_push(&decoder, byte, &message)) {
            say(&message, heard);
        }
    }
    if (decoder.frames_unknown != 0u) {
        strcpy(heard, "PASSED_OVER");
    }
    if (strcmp(heard, v->says) == 0) {
        return true;
    }
    fprintf(stderr, "%s: decodes to\n  %s\ninstead of\n  %s\n", v->name, heard, v->says);
    return false;
}

static bool encodes(const vector *v) {
    uint8_t frame[ENTRAIN_MAX_FRAME];
    char hex[3u * ENTRAIN_MAX_FRAME + 1u] = "";
    size_t length = put(v->says, frame);
    size_t i;
    for (i = 0; i < length; i++) {
        size_t at = strlen(hex);
        snprintf(hex + at, sizeof hex - at, i == 0u ? "%02x" : " %02x", frame[i]);
    }
    if (strcmp(hex, v->hex) == 0) {
        return true;
    }
    fprintf(stderr, "%s: encodes to\n  %s\ninstead of\n  %s\n", v->name, hex, v->hex);
    return false;
}

/* ---- what an encoder must refuse ---- */

static bool refuses_bad_values(void) {
    static const uint8_t data[ENTRAIN_MAX_SAMPLE_BYTES] = {0};
    static const entrain_hello no_rate = {1u, 1000u, 0u, 1u, 1u, 16u, 1u, 0u, ""};
    static const entrain_samples empty = {1u, 2u, 1000u, 256u, 1u, 1u, 16u, 0u, 0u, false, data};
    static const entrain_samples too_many = {1u, 2u, 1000u, 256u, 1u, 1u, 16u, 19u, 0u, false, data};
    static const entrain_samples late_ticks = {1u, 65536u, 1000u, 256u, 1u, 1u, 16u, 1u, 0u, false, data};
    static const entrain_status overcharged = {1u, 0u, 0u, 0, 101u};
    static const entrain_pong wide_ticks = {1u, (uint64_t)1u << 48, 0u};
    static const entrain_command standstill = {1u, 0u, 0u};
    uint8_t out[ENTRAIN_MAX_FRAME];
    return entrain_put_hello(&no_rate, out) == 0u && entrain_put_samples(&empty, out) == 0u &&
           entrain_put_samples(&too_many, out) == 0u && entrain_put_samples(&late_ticks, out) == 0u &&
           entrain_put_status(&overcharged, out) == 0u && entrain_put_pong(&wide_ticks, out) == 0u &&
           entrain_put_command(ENTRAIN_SET_RATE, &standstill, out) == 0u &&
           entrain_put_command(ENTRAIN_PONG, &standstill, out) == 0u;
}

static void keep(const char *line, const char *key, char *to) {
    size_t length = strlen(key);
    if (strncmp(line, key, length) == 0) {
        strcpy(to, line + length + strspn(line + length, " "));
    }
}

int main(int argc, char **argv) {
    static vector v;
    static char line[LINE];
    unsigned passed = 0;
    unsigned failed = 0;
    FILE *file = argc == 2 ? fopen(argv[1], "r") : NULL;
    if (file == NULL) {
        fprintf(stderr, "usage: test_vectors FILE (the golden vectors; the file must be readable)\n");
        return 2;
    }
    if (!refuses_bad_values()) {
        fprintf(stderr, "an encoder wrote a value that is out of its range\n");
        failed++;
    }
    while (fgets(line, LINE, file) != NULL) {
        line[strcspn(line, "\r\n")] = '\0';
        keep(line, "name:", v.name);
        keep(line, "from:", v.from);
        keep(line, "how:", v.how);
        keep(line, "says:", v.says);
        keep(line, "hex:", v.hex);
        if (strncmp(line, "hex:", 4) == 0) { /* the last line of a vector */
            bool good = decodes(&v) && (strcmp(v.how, "both") != 0 || encodes(&v));
            *(good ? &passed : &failed) += 1u;
        }
    }
    fclose(file);
    printf("%u vectors passed, %u failed\n", passed, failed);
    return failed == 0u && passed > 0u ? 0 : 1;
}
