/** The telemetry port over MQTT 5; the only place that knows Paho. */
@NullMarked
package dev.entrain.telemetry.mqtt;

import org.jspecify.annotations.NullMarked;
