package dev.entrain.identity;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;

/** A certificate signing request (PKCS#10, RFC 2986) for an EC key; the JDK can read certificates but not ask for one. */
final class SigningRequest {
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final int UTF8_STRING = 0x0C;
    private static final int BIT_STRING = 0x03;
    private static final int ATTRIBUTES = 0xA0;

    private static final byte[] VERSION_1 = {0x02, 0x01, 0x00};

    /** 2.5.4.3. */
    private static final byte[] COMMON_NAME = {0x06, 0x03, 0x55, 0x04, 0x03};

    /** 1.2.840.10045.4.3.2, ECDSA with SHA-256. */
    private static final byte[] ALGORITHM = {0x06, 0x08, 0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 0x04, 0x03, 0x02};

    private SigningRequest() {}

    /** Returns the request in PEM. */
    static String of(String commonName, PrivateKey key, PublicKey publicKey) {
        byte[] name = node(
                SEQUENCE,
                node(SET, node(SEQUENCE, COMMON_NAME, node(UTF8_STRING, commonName.getBytes(StandardCharsets.UTF_8)))));
        byte[] info = node(SEQUENCE, VERSION_1, name, publicKey.getEncoded(), node(ATTRIBUTES));
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key);
            signature.update(info);
            byte[] noUnusedBits = {0};
            byte[] request =
                    node(SEQUENCE, info, node(SEQUENCE, ALGORITHM), node(BIT_STRING, noUnusedBits, signature.sign()));
            return PemFiles.pem("CERTIFICATE REQUEST", request);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime signs with an EC key", e);
        }
    }

    /** One DER element (ITU-T X.690): tag, length, parts. */
    private static byte[] node(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        int length = content.size();
        if (length < 0x80) {
            out.write(length);
        } else if (length <= 0xFF) {
            out.write(0x81);
            out.write(length);
        } else {
            out.write(0x82);
            out.write(length >> 8);
            out.write(length);
        }
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }
}
