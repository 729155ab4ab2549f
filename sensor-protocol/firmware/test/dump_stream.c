/*
 * Decodes a byte stream: dump_stream device|host <BYTES. Writes one line for each reading and message, in the form of
 * the test that compares it with the Java decoder: floating point values as the bits of a double in hexadecimal.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "../entrain_protocol.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define PI 3.14159265358979323846

static uint64_t bits(double value) {
    uint64_t result;
    memcpy(&result, &value, sizeof result);
    return result;
}

static double acc_range(uint16_t millig) {
    return millig * (9.80665 / 1000.0);
}

static double gyr_range(uint16_t decidps) {
    return decidps * (PI / 1800.0);
}

static void dump_samples(const entrain_samples *s) {
    double acc_scale = acc_range(s->acc_range_millig) / 32768.0;
    double gyr_scale = gyr_range(s->gyr_range_decidps) / 32768.0;
    unsigned i;
    unsigned v;
    for (i = 0; i < s->count; i++) {
        entrain_sample sample;
        entrain_sample_at(s, (uint8_t)i, &sample);
        printf("READING %" PRIu32 " %" PRIu64 " %u %" PRIu32, s->seq + i, entrain_sample_ticks(s, (uint8_t)i),
               s->tick_bits, s->ticks_per_second);
        for (v = 0; v < 3; v++) {
            printf(" %" PRIx64, bits(sample.acc[v] * acc_scale));
        }
        for (v = 0; v < 3; v++) {
            printf(" %" PRIx64, bits(sample.gyr[v] * gyr_scale));
        }
        for (v = 0; v < s->pressure_cells; v++) {
            printf(" %" PRIx64, bits((float)sample.pressure[v] / (s->pressure_16_bit ? 65535.0f : 255.0f)));
        }
        printf("\n");
    }
}

static void dump(const entrain_message *m) {
    static const char *const names[] = {"HELLO_REQUEST", "START", "STOP", "SET_RATE", "IDENTIFY", "PING"};
    const entrain_hello *h = &m->body.hello;
    const entrain_status *s = &m->body.status;
    const entrain_pong *p = &m->body.pong;
    const entrain_reply *r = &m->body.reply;
    const entrain_command *c = &m->body.command;
    switch (m->type) {
        case ENTRAIN_HELLO:
            printf("HELLO %016" PRIx64 " %u %" PRIx64 " %" PRIx64 " %" PRIx64 " %" PRIu32 " %u %s\n", h->serial,
                   h->side, bits(h->rate_millihz / 1000.0), bits(acc_range(h->acc_range_millig)),
                   bits(gyr_range(h->gyr_range_decidps)), h->ticks_per_second, h->pressure_cells, h->firmware);
            break;
        case ENTRAIN_SAMPLES:
            dump_samples(&m->body.samples);
            break;
        case ENTRAIN_STATUS:
            printf("STATUS %" PRIu64 " %" PRIx32 " %u %d %d\n", s->ticks, s->faults, s->battery_millivolts,
                   s->temperature_centic, s->battery_percent == ENTRAIN_PERCENT_UNKNOWN ? -1 : s->battery_percent);
            break;
        case ENTRAIN_PONG:
            printf("PONG %" PRIu32 " %" PRIu64 " %" PRIu64 "\n", p->token, p->received_ticks, p->sent_ticks);
            break;
        case ENTRAIN_REPLY:
            printf("REPLY %" PRIu32 " %u %u\n", r->token, r->command, r->result);
            break;
        case ENTRAIN_SET_RATE:
            printf("SET_RATE token=%" PRIu32 " rate_millihz=%" PRIu32 "\n", c->token, c->rate_millihz);
            break;
        case ENTRAIN_IDENTIFY:
            printf("IDENTIFY token=%" PRIu32 " duration_ms=%u\n", c->token, c->duration_ms);
            break;
        default:
            if (m->type <= ENTRAIN_PING) {
                printf("%s token=%" PRIu32 "\n", names[m->type - ENTRAIN_HELLO_REQUEST], c->token);
            } else {
                printf("UNKNOWN token=%" PRIu32 " command=%u\n", c->token, m->type);
            }
            break;
    }
}

int main(int argc, char **argv) {
    entrain_decoder decoder;
    entrain_message message;
    int byte;
    bool host = argc == 2 && strcmp(argv[1], "host") == 0;
    if (!host && (argc != 2 || strcmp(argv[1], "device") != 0)) {
        fprintf(stderr, "usage: dump_stream device|host <BYTES (whose bytes they are)\n");
        return 2;
    }
    entrain_decoder_init(&decoder, host ? ENTRAIN_FROM_HOST : ENTRAIN_FROM_DEVICE);
    while ((byte = getchar()) != EOF) {
        if (entrain_decoder_push(&decoder, (uint8_t)byte, &message)) {
            dump(&message);
        }
    }
    printf("END frames=%" PRIu32 " bad=%" PRIu32 " skipped=%" PRIu32 "\n", decoder.frames, decoder.frames_bad,
           decoder.bytes_skipped);
    return 0;
}
