/** What other ways of playing a beat on this machine reach, heard from outside like our own sound in the same run. */
@NullMarked
package dev.entrain.cuetest.peer;

import org.jspecify.annotations.NullMarked;
