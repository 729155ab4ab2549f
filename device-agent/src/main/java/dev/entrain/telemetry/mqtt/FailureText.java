package dev.entrain.telemetry.mqtt;

import dev.entrain.identity.TlsFailure;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.jspecify.annotations.Nullable;

/** Says in a technician's words why a connection failed. The same failure gives the same words. */
final class FailureText {
    private FailureText() {}

    /** Returns the words; {@code clockSet} is whether this unit can know what day it is. */
    static String of(@Nullable Throwable failure, boolean clockSet) {
        String tls = TlsFailure.words(failure, clockSet);
        return tls == null ? ofLine(failure) : tls;
    }

    /** Tells whether the other side ended a line that had been open, without a word. */
    static boolean brokeOff(Throwable failure) {
        Throwable root = root(failure);
        return TlsFailure.words(failure, true) == null
                && (root instanceof EOFException
                        || (root instanceof SocketException && !(root instanceof ConnectException))
                        || (root instanceof MqttException e
                                && e.getReasonCode() == MqttClientException.REASON_CODE_CONNECTION_LOST));
    }

    private static @Nullable Throwable root(@Nullable Throwable failure) {
        Throwable root = failure;
        // Paho wraps once or twice; the bound is for a cause that goes round in a circle.
        for (int i = 0; i < 5 && root != null && root.getCause() != null; i++) {
            root = root.getCause();
        }
        return root;
    }

    private static String ofLine(@Nullable Throwable failure) {
        Throwable root = root(failure);
        return switch (root) {
            case null -> "no reason given";
            case ConnectException e -> "connection refused";
            case UnknownHostException e -> "host name not known";
            case SocketTimeoutException e -> "no answer in time";
            case EOFException e -> "connection closed by the other side";
            case SocketException e -> "connection broken";
            case MqttException e -> ofReason(e.getReasonCode());
            default -> root.getClass().getSimpleName() + (root.getMessage() == null ? "" : ": " + root.getMessage());
        };
    }

    /** Reason codes of MQTT 5 (OASIS standard, 2.4), and Paho's own from 32000. */
    static String ofReason(int code) {
        String words = switch (code) {
            case 0x84 -> "it does not speak MQTT 5";
            case 0x85 -> "it refuses this unit's name";
            case 0x86 -> "wrong user or password";
            case 0x87 -> "not authorised";
            case 0x88, 0x89 -> "it is not available or too busy";
            case 0x8B -> "it is shutting down";
            case 0x8D -> "it heard nothing from this unit for too long";
            case 0x8E -> "another client took this unit's name: two units are configured alike";
            case 0x95 -> "the message is larger than it takes";
            case 0x97 -> "its quota for this unit is used up";
            case MqttClientException.REASON_CODE_CLIENT_TIMEOUT, MqttClientException.REASON_CODE_WRITE_TIMEOUT ->
                "no answer in time";
            case MqttClientException.REASON_CODE_CONNECTION_LOST -> "connection closed by the other side";
            default -> "";
        };
        return words.isEmpty() ? "reason code " + code : words + ", reason code " + code;
    }
}
