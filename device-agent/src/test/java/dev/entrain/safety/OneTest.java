package dev.entrain.safety;

import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Runs one test, named {@code package.Class#method}, in a process of its own. */
public final class OneTest {
    static final int PASSED = 0;
    static final int FAILED = 3;
    static final int NONE = 4;

    private OneTest() {}

    /** Ends with the status of the test. */
    public static void main(String[] args) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectMethod(args[0]))
                .build();
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, summary);
        long failed = summary.getSummary().getTestsFailedCount();
        long passed = summary.getSummary().getTestsSucceededCount();
        System.exit(failed > 0 ? FAILED : passed > 0 ? PASSED : NONE);
    }
}
