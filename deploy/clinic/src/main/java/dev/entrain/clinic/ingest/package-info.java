/** From MQTT into the store: takes, stores, and only then acknowledges; live copies beside. The only place that knows Paho. */
@NullMarked
package dev.entrain.clinic.ingest;

import org.jspecify.annotations.NullMarked;
