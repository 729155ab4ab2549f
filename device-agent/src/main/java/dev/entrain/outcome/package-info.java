/** What a session did: its facts, the metrics drawn from them, and how sessions compare over weeks. Off the hot path. */
@NullMarked
package dev.entrain.outcome;

import org.jspecify.annotations.NullMarked;
