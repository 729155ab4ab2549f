/** What a technician would ask of a unit, answered one question at a time; each answer says what to do next. */
@NullMarked
package dev.entrain.check;

import org.jspecify.annotations.NullMarked;
