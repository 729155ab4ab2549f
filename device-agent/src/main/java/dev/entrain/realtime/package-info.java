/** What the agent asks of the operating system so that nothing holds up the sound: priority and memory that stays. */
@NullMarked
package dev.entrain.realtime;

import org.jspecify.annotations.NullMarked;
