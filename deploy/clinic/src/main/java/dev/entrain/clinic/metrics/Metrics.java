package dev.entrain.clinic.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.IntSupplier;

/** What a receiver counts. Thread-safe; other parts add their own to {@link #registry}. */
public final class Metrics {
    private final PrometheusRegistry registry = new PrometheusRegistry();

    /** Messages taken from the broker, by the last word of their topic. */
    public final Counter messages = Counter.builder()
            .name("entrain_clinic_messages_total")
            .help("Messages taken from the broker")
            .labelNames("kind")
            .register(registry);

    /** Records stored for the first time. */
    public final Counter stored = Counter.builder()
            .name("entrain_clinic_records_stored_total")
            .help("Records stored for the first time")
            .register(registry);

    /** Records that came again. */
    public final Counter duplicates = Counter.builder()
            .name("entrain_clinic_records_duplicate_total")
            .help("Records that came again and were there already")
            .register(registry);

    /** What came but is no record, by reason; repeated ones too. */
    public final Counter letters = Counter.builder()
            .name("entrain_clinic_dead_letters_total")
            .help("Messages or records that break the contract, kept in dead_letter")
            .labelNames("reason")
            .register(registry);

    /** Messages that could be neither stored nor kept; the unit has them and sends again. */
    public final Counter refused = Counter.builder()
            .name("entrain_clinic_messages_refused_total")
            .help("Messages left to the unit: no room for their dead letters, or too many waiting")
            .labelNames("why")
            .register(registry);

    /** Acknowledgements sent to units. */
    public final Counter acks = Counter.builder()
            .name("entrain_clinic_acks_total")
            .help("Acknowledgements sent to units after a commit")
            .register(registry);

    /** Transactions that failed and were tried again. */
    public final Counter retries = Counter.builder()
            .name("entrain_clinic_commit_retries_total")
            .help("Transactions that failed and were tried again")
            .register(registry);

    /** Time of one transaction, s. */
    public final Histogram commit = Histogram.builder()
            .name("entrain_clinic_commit_seconds")
            .help("Time of one transaction of a batch")
            .classicUpperBounds(.001, .002, .005, .01, .02, .05, .1, .2, .5, 1, 5)
            .classicOnly()
            .register(registry);

    /** Age of the newest record stored, s. */
    public final Gauge lag = Gauge.builder()
            .name("entrain_clinic_lag_seconds")
            .help(
                    "Age of a record stored in the last seconds, by its unit's clock records; while a unit catches up it is large")
            .register(registry);

    /** 1 while the broker is connected. */
    public final Gauge brokerUp = Gauge.builder()
            .name("entrain_clinic_broker_connected")
            .help("1 while this receiver is connected to the broker")
            .register(registry);

    /** 1 while the last transaction went through. */
    public final Gauge databaseUp = Gauge.builder()
            .name("entrain_clinic_database_up")
            .help("1 while the last transaction went through")
            .register(registry);

    /** Returns where further metrics are registered. */
    public PrometheusRegistry registry() {
        return registry;
    }

    /** Adds a gauge that is read when asked for; once for each name. */
    public void gauge(String name, String help, IntSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.getAsInt()))
                .register(registry);
    }
}
