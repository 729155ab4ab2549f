package dev.entrain.clinic.web;

import org.jspecify.annotations.Nullable;

/** A request that is answered with an error: what is wrong and what to do, in words for the person at the page. */
final class ApiError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String whatToDo;
    private final long retryAfterS;

    ApiError(int status, String error, String whatToDo) {
        this(status, error, whatToDo, 0);
    }

    private ApiError(int status, String error, String whatToDo, long retryAfterS) {
        super(error, null, false, false);
        this.status = status;
        this.whatToDo = whatToDo;
        this.retryAfterS = retryAfterS;
    }

    static ApiError badRequest(String error, String whatToDo) {
        return new ApiError(400, error, whatToDo);
    }

    static ApiError notLoggedIn() {
        return new ApiError(401, "You are not logged in, or your log-in ended.", "Log in.");
    }

    static ApiError notFound(String what, String whatToDo) {
        return new ApiError(404, "There is no " + what + ".", whatToDo);
    }

    static ApiError tooMany(String error, String whatToDo, long retryAfterS) {
        return new ApiError(429, error, whatToDo, retryAfterS);
    }

    int status() {
        return status;
    }

    String text() {
        @Nullable String text = getMessage();
        return text == null ? "" : text;
    }

    String whatToDo() {
        return whatToDo;
    }

    /** Returns for how long the same would be refused, s; 0 where waiting does not help. */
    long retryAfterS() {
        return retryAfterS;
    }
}
