package dev.entrain.clinic.metrics;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.IOException;
import java.io.OutputStream;

/** The metrics in Prometheus' text format. Thread-safe. */
public final class MetricsText {
    /** The content type to serve them with. */
    public static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private final Metrics metrics;

    /** Takes what to write. */
    public MetricsText(Metrics metrics) {
        this.metrics = metrics;
    }

    /** Writes all metrics as they are now. */
    public void write(OutputStream out) throws IOException {
        PrometheusTextFormatWriter.builder()
                .build()
                .write(out, metrics.registry().scrape());
    }
}
