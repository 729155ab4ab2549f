package dev.entrain.identity;

import java.nio.file.Path;

/**
 * The files of mutual TLS, PEM each.
 *
 * @param authority certificates of the clinic's authority, against which the broker's is checked
 * @param certificate the unit's own, its common name the unit's name
 * @param key the unit's private key (PKCS#8), made on the unit
 */
public record TlsFiles(Path authority, Path certificate, Path key) {}
