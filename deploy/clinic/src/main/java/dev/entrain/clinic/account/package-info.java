/** Who may look: accounts, passwords, log-ins, the brake on guessing, and the book of who did what. */
@NullMarked
package dev.entrain.clinic.account;

import org.jspecify.annotations.NullMarked;
