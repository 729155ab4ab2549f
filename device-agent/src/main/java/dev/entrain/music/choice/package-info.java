/** Which of the patient's songs comes next, and by which tempo a song fits a walk. */
@NullMarked
package dev.entrain.music.choice;

import org.jspecify.annotations.NullMarked;
