/**
 * From a bare board to a unit that reports: one step after the other, guided at a terminal or from a file of answers, each
 * repeatable alone; the signed report of what was measured, and the way back.
 */
@NullMarked
package dev.entrain.provision;

import org.jspecify.annotations.NullMarked;
