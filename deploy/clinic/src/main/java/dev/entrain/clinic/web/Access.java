package dev.entrain.clinic.web;

import dev.entrain.clinic.account.Role;
import io.javalin.security.RouteRole;

/** Who may use a route. */
enum Access implements RouteRole {
    /** Nobody has to be logged in. */
    ANYBODY,
    /** Whoever is logged in. */
    LOGGED_IN,
    /** Clinicians only: it tells or changes who a patient is. */
    CLINICIAN;

    boolean admits(Role role) {
        return this != CLINICIAN || role == Role.CLINICIAN;
    }
}
