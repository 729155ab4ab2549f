package dev.entrain.safety;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;

/** A test as tables name it: {@code room.Class#method}, below dev.entrain. */
final class TestReference {
    private static final List<Class<? extends java.lang.annotation.Annotation>> KINDS =
            List.of(Test.class, ParameterizedTest.class, TestFactory.class, RepeatedTest.class);

    private TestReference() {}

    /** Returns what is wrong with a name, or null if it is a test of this build. */
    static @Nullable String fault(String name) {
        if (!name.matches("[a-z.]+\\.[A-Z]\\w+#\\w+")) {
            return "\"" + name + "\" is no test; write room.Class#method";
        }
        String[] parts = name.split("#", -1);
        Class<?> type;
        try {
            type = Class.forName("dev.entrain." + parts[0], false, TestReference.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            return "there is no class dev.entrain." + parts[0];
        }
        List<Method> methods = Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.getName().equals(parts[1]))
                .toList();
        if (methods.isEmpty()) {
            return parts[0] + " has no method " + parts[1];
        }
        return methods.stream().anyMatch(method -> KINDS.stream().anyMatch(method::isAnnotationPresent))
                ? null
                : parts[1] + " of " + parts[0] + " is no @Test";
    }
}
