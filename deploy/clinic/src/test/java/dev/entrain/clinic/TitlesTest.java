package dev.entrain.clinic;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TitlesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "{\"title\":\"a\"}|{}",
                "{\"title\" : \"a\", \"b\":1}|{ \"b\":1}",
                "{\"b\":1,\"title\":\"a\",\"c\":2}|{\"b\":1,\"c\":2}",
                "{\"title\":\"a\\\\\\\"b\\\\\\\\\",\"c\":2}|{\"c\":2}",
                "[{\"title\":\"a\"},{\"title\":\"b\"}]|[{},{}]",
                "{\"b\":1,\"title\":\"cut of|{\"b\":1",
                "{\"text\":\"\\\\\"title\\\\\":1\"}|{\"text\":\"\\\\\"title\\\\\":1\"}",
                "{\"title\":{\"b\":1}}|{\"title\":{\"b\":1}}"
            })
    void shouldTakeTitlesOutAndNothingElse(String json, String without) {
        assertThat(Titles.without(json)).isEqualTo(without);
        assertThat(new String(Titles.without(json.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8))
                .isEqualTo(without);
    }

    @Test
    void shouldKeepEveryOtherByte() {
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        assertThat(Titles.without(bytes)).isEqualTo(bytes);
    }

    @Test
    void shouldTakeTitlesOutOfLogs() {
        assertThat(Titles.withoutInLog("""
                        1 INFO Music: 3 songs; it plays on the beats
                        2 INFO Music: next is Kettle (live) (liked; 2 % faster)
                        3 INFO Music: next is 0123456789abcdef (liked)
                        4 WARN 'Kettle's march' ends before its beats do; its file is damaged
                        """)).isEqualTo("""
                        1 INFO Music: 3 songs; it plays on the beats
                        2 INFO Music: next is a song
                        3 INFO Music: next is 0123456789abcdef (liked)
                        4 WARN a song ends before its beats do; its file is damaged
                        """);
    }
}
