/**
 * Reads public gait datasets as their authors published them and writes them as recordings with their reference events,
 * so that anyone who downloads a dataset can repeat our figures. One class per dataset; no dataset is part of this
 * project.
 */
@NullMarked
package dev.entrain.importing;

import org.jspecify.annotations.NullMarked;
