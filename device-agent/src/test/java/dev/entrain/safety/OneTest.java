package dev.entrain.safety;

import java.lang.reflect.Method;
import java.util.Arrays;
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
    public static void main(String[] args) throws ClassNotFoundException {
        String[] parts = args[0].split("#", -1);
        Class<?> type = Class.forName(parts[0]);
        // By the method itself, because a parameterized one is not found by its name alone.
        Method method = Arrays.stream(type.getDeclaredMethods())
                .filter(candidate -> candidate.getName().equals(parts[1]))
                .findFirst()
                .orElseThrow();
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectMethod(type, method))
                .build();
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, summary);
        long failed = summary.getSummary().getTestsFailedCount();
        long passed = summary.getSummary().getTestsSucceededCount();
        System.exit(failed > 0 ? FAILED : passed > 0 ? PASSED : NONE);
    }
}
