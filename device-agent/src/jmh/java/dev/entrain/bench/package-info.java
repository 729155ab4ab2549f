/** What a sample costs, measured by JMH. Built only with {@code -Pbench}; {@code deploy/bench} runs it. */
@NullMarked
package dev.entrain.bench;

import org.jspecify.annotations.NullMarked;
