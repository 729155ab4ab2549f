/** What a unit tells the clinic: topics, payloads, and the outbound thread's duty cycle. Knows no MQTT library. */
@NullMarked
package dev.entrain.telemetry;

import org.jspecify.annotations.NullMarked;
