package dev.entrain.clinic.web;

import dev.entrain.clinic.account.Logins;
import dev.entrain.clinic.account.Token;
import io.javalin.http.Context;
import org.jspecify.annotations.Nullable;

/** The two secrets a browser keeps for us, out of reach of any script: its log-in, and that it logged in before. */
final class Cookies {
    private final String login;
    private final String device;
    private final String attributes;

    Cookies(WebConfig config) {
        login = config.cookie();
        device = config.cookie() + "-device";
        attributes = "; Path=/; HttpOnly; SameSite=Strict" + (config.https() ? "; Secure" : "");
    }

    @Nullable
    Token login(Context context) {
        return token(context, login);
    }

    @Nullable
    Token device(Context context) {
        return token(context, device);
    }

    /** Ends with the browser; the server ends it sooner. */
    void login(Context context, Token token) {
        set(context, login + "=" + token.text() + attributes);
    }

    void device(Context context, Token token) {
        set(context, device + "=" + token.text() + attributes + "; Max-Age=" + Logins.DEVICE.toSeconds());
    }

    void forgetLogin(Context context) {
        set(context, login + "=" + attributes + "; Max-Age=0");
    }

    private static void set(Context context, String cookie) {
        context.res().addHeader("Set-Cookie", cookie);
    }

    private static @Nullable Token token(Context context, String name) {
        String value = context.cookie(name);
        return value != null && Token.wellFormed(value) ? new Token(value) : null;
    }
}
