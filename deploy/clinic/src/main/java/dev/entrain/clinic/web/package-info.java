/** The clinic's page and its read API over HTTP. */
@NullMarked
package dev.entrain.clinic.web;

import org.jspecify.annotations.NullMarked;
