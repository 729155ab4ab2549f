package dev.entrain.clinic;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnitTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "A", "a/b", "a+b", "#", "ä"})
    void shouldRefuseWhatCanNotBePartOfATopic(String name) {
        assertThatThrownBy(() -> new Unit(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no unit's name");
    }

    @Test
    void shouldRefuseMoreThan64Characters() {
        assertThatThrownBy(() -> new Unit("a".repeat(65))).isInstanceOf(IllegalArgumentException.class);
    }
}
