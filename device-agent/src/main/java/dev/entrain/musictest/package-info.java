/**
 * Measures how music follows the plan: pieces with exactly known beats are played on the cues that simulated patients are
 * given, faster than real time, and where each beat sounds is looked up in what came out.
 */
@NullMarked
package dev.entrain.musictest;

import org.jspecify.annotations.NullMarked;
