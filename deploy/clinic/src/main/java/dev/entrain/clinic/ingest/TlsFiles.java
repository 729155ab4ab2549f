package dev.entrain.clinic.ingest;

import java.nio.file.Path;

/**
 * The files of mutual TLS, PEM each; read anew for every connection, so that renewed ones count.
 *
 * @param authority certificates of the clinic's authority, against which the broker's is checked
 * @param certificate the receiver's own
 * @param key its private key (PKCS#8)
 */
public record TlsFiles(Path authority, Path certificate, Path key) {}
