package dev.entrain.clinic.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.entrain.clinic.Unit;
import dev.entrain.clinic.account.Audit;
import dev.entrain.clinic.account.Logins;
import dev.entrain.clinic.account.Passwords;
import dev.entrain.clinic.account.Role;
import dev.entrain.clinic.account.Token;
import dev.entrain.clinic.account.WebSessions;
import dev.entrain.clinic.sql.Sql;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Every route of the API with who may use it, in one table. Thread-safe. */
final class Api {
    private static final Set<String> COMMANDS = Set.of("identify", "send_logs", "start", "stop");
    private static final Set<String> TECHNICIANS_COMMANDS = Set.of("identify", "send_logs");
    private static final int LONGEST_NAME = 64;

    private final Guard guard;
    private final Cookies cookies;
    private final Logins logins;
    private final WebSessions sessions;
    private final Audit audit;
    private final UnitReads units;
    private final PatientReads patients;
    private final SessionReads walks;
    private final RecordReads records;
    private final Commands commands;
    private final LiveStreams live;

    /** A route; {@code path} as Javalin writes it. */
    record Route(HandlerType method, String path, Access access, Handler handler) {}

    Api(
            Guard guard,
            Cookies cookies,
            Logins logins,
            WebSessions sessions,
            Audit audit,
            Sql sql,
            InstantSource clock,
            @Nullable CommandSender sender,
            LiveStreams live) {
        this.guard = guard;
        this.cookies = cookies;
        this.logins = logins;
        this.sessions = sessions;
        this.audit = audit;
        this.units = new UnitReads(sql);
        this.patients = new PatientReads(sql, clock);
        this.walks = new SessionReads(sql);
        this.records = new RecordReads(sql);
        this.commands = new Commands(sql, clock, sender);
        this.live = live;
    }

    /** Returns the routes but the live stream, which is no answer but goes on. */
    List<Route> routes() {
        return List.of(
                new Route(HandlerType.POST, "/api/login", Access.ANYBODY, this::login),
                new Route(HandlerType.POST, "/api/logout", Access.LOGGED_IN, this::logout),
                new Route(HandlerType.GET, "/api/me", Access.LOGGED_IN, Api::me),
                new Route(HandlerType.GET, "/api/units", Access.LOGGED_IN, this::units),
                new Route(HandlerType.GET, "/api/units/{unit}", Access.LOGGED_IN, this::unit),
                new Route(HandlerType.GET, "/api/units/{unit}/timing", Access.LOGGED_IN, this::timing),
                new Route(HandlerType.GET, "/api/units/{unit}/answers", Access.LOGGED_IN, this::answers),
                new Route(HandlerType.GET, "/api/units/{unit}/logs", Access.LOGGED_IN, this::logs),
                new Route(HandlerType.POST, "/api/units/{unit}/commands", Access.LOGGED_IN, this::command),
                new Route(HandlerType.GET, "/api/units/{unit}/patient", Access.CLINICIAN, this::patientOf),
                new Route(HandlerType.POST, "/api/units/{unit}/patient", Access.CLINICIAN, this::assign),
                new Route(HandlerType.GET, "/api/patients", Access.CLINICIAN, this::patients),
                new Route(HandlerType.GET, "/api/patients/{code}/trend", Access.CLINICIAN, this::trend),
                new Route(HandlerType.GET, "/api/patients/{code}/music", Access.CLINICIAN, this::music),
                new Route(HandlerType.GET, "/api/sessions", Access.LOGGED_IN, this::sessions),
                new Route(HandlerType.GET, "/api/sessions/{session}", Access.LOGGED_IN, this::session),
                new Route(HandlerType.GET, "/api/sessions/{session}/records", Access.LOGGED_IN, this::records));
    }

    /** Checks a request for a live stream and writes it down, before its answer begins. */
    void admitLive(Context context) {
        Unit unit = Params.unit(context);
        units.check(unit);
        live.checkRoom(Guard.token(context));
        audit(context, Audit.What.READ_LIVE, Json.object().put("unit", unit.name()));
    }

    private void login(Context context) {
        JsonNode body = Json.body(context);
        String name = Json.text(body, "user", LONGEST_NAME);
        String password = Json.text(body, "password", Passwords.LONGEST);
        Token before = cookies.login(context);
        Logins.Outcome outcome = logins.login(name, password, guard.address(context), cookies.device(context));
        if (outcome instanceof Logins.Outcome.Wait wait) {
            throw ApiError.tooMany(
                    "Too many wrong passwords.", "Wait " + wait.seconds() + " s, then try again.", wait.seconds());
        }
        if (!(outcome instanceof Logins.Outcome.In in)) {
            throw new ApiError(401, "The name or the password is wrong.", "Check both and try again.");
        }
        if (before != null) {
            sessions.close(before);
            live.loggedOut(before);
        }
        cookies.login(context, in.session());
        cookies.device(context, in.device());
        context.status(204);
    }

    private void logout(Context context) {
        Token token = Guard.token(context);
        sessions.close(token);
        live.loggedOut(token);
        cookies.forgetLogin(context);
        audit(context, Audit.What.LOGOUT, Json.object());
        context.status(204);
    }

    private static void me(Context context) {
        WebSessions.Login login = Guard.login(context);
        Json.answer(
                context,
                Json.object().put("user", login.name()).put("role", login.role().word()));
    }

    private void units(Context context) {
        String after = Params.optional(context, "after");
        int limit = Params.number(context, "limit", 1_000, 1, UnitReads.MOST_UNITS);
        JsonNode list = units.list(
                codes(context), after == null ? null : Params.unit(after).name(), limit);
        if (codes(context)) {
            auditOnce(context, Audit.What.READ_PATIENTS, Json.object().put("units", list.size()));
        }
        Json.answer(context, list);
    }

    private void unit(Context context) {
        Unit unit = Params.unit(context);
        ObjectNode one = units.one(unit, codes(context));
        if (one.has("patient")) {
            auditOnce(context, Audit.What.READ_PATIENTS, about(unit).set("patient", one.get("patient")));
        }
        Json.answer(context, one);
    }

    private void timing(Context context) {
        Json.answer(
                context,
                units.timing(Params.unit(context), Params.number(context, "limit", 100, 1, UnitReads.MOST_TIMINGS)));
    }

    private void answers(Context context) {
        Json.answer(context, units.answers(Params.unit(context)));
    }

    private void logs(Context context) {
        Json.answer(
                context, units.logs(Params.unit(context), Params.number(context, "limit", 1, 1, UnitReads.MOST_LOGS)));
    }

    private void command(Context context) {
        Unit unit = Params.unit(context);
        String command = Json.text(Json.body(context), "command", LONGEST_NAME);
        WebSessions.Login login = Guard.login(context);
        if (!COMMANDS.contains(command)) {
            throw ApiError.badRequest("There is no such command.", "Commands are identify, send_logs, start and stop.");
        }
        if (login.role() != Role.CLINICIAN && !TECHNICIANS_COMMANDS.contains(command)) {
            auditOnce(context, Audit.What.DENIED, about(unit).put("command", command));
            throw new ApiError(403, "A technician may not start or stop a walk.", "Ask a clinician.");
        }
        units.check(unit);
        audit(context, Audit.What.COMMAND, about(unit).put("command", command));
        Json.answer(context, Json.object().put("id", commands.send(unit, units.boot(unit), command, login.name())));
    }

    private void patientOf(Context context) {
        Unit unit = Params.unit(context);
        units.check(unit);
        ObjectNode patient = patients.of(unit);
        audit(context, Audit.What.READ_PATIENTS, about(unit).set("patient", patient.get("code")));
        Json.answer(context, patient);
    }

    private void assign(Context context) {
        Unit unit = Params.unit(context);
        JsonNode body = Json.body(context);
        JsonNode given = body.path("code");
        String code = given.isNull() ? null : Params.code(Json.text(body, "code", LONGEST_NAME));
        units.check(unit);
        audit(context, Audit.What.ASSIGN, about(unit).put("patient", code));
        patients.assign(unit, code);
        Json.answer(context, patients.of(unit));
    }

    private void patients(Context context) {
        JsonNode list = patients.list();
        audit(context, Audit.What.READ_PATIENTS, Json.object().put("patients", list.size()));
        Json.answer(context, list);
    }

    private void trend(Context context) {
        String code = Params.code(context.pathParam("code"));
        int weeks = Params.number(context, "weeks", 12, 1, PatientReads.MOST_WEEKS);
        audit(context, Audit.What.READ_TREND, Json.object().put("patient", code).put("weeks", weeks));
        Json.answer(context, patients.trend(code, weeks));
    }

    private void music(Context context) {
        String code = Params.code(context.pathParam("code"));
        int weeks = Params.number(context, "weeks", 12, 1, PatientReads.MOST_WEEKS);
        audit(context, Audit.What.READ_MUSIC, Json.object().put("patient", code).put("weeks", weeks));
        Json.answer(context, patients.music(code, weeks));
    }

    private void sessions(Context context) {
        String unit = Params.optional(context, "unit");
        String patient = Params.optional(context, "patient");
        String before = Params.optional(context, "before");
        if (patient != null && !codes(context)) {
            auditOnce(context, Audit.What.DENIED, Json.object().put("asked", "sessions of a patient"));
            throw new ApiError(403, "A technician may not see whose a session is.", "Ask for a unit's sessions.");
        }
        SessionReads.Wanted wanted = new SessionReads.Wanted(
                unit == null ? null : Params.unit(unit).name(),
                patient == null ? null : Params.code(patient),
                before == null ? null : Params.session(before),
                Params.number(context, "limit", 50, 1, SessionReads.MOST));
        ObjectNode detail = Json.object();
        Json.put(detail, "unit", wanted.unit());
        Json.put(detail, "patient", wanted.patient());
        audit(context, Audit.What.READ_SESSIONS, detail);
        Json.answer(context, walks.list(wanted, codes(context)));
    }

    private void session(Context context) {
        SessionReads.Place place = place(context);
        ObjectNode session = walks.one(place, codes(context));
        ObjectNode detail = about(place);
        Json.copy(session, "patient", detail);
        audit(context, Audit.What.READ_SESSION, detail);
        Json.answer(context, session);
    }

    private void records(Context context) {
        SessionReads.Place place = place(context);
        String after = Params.optional(context, "after");
        int limit = Params.number(context, "limit", RecordReads.MOST, 1, RecordReads.MOST);
        audit(context, Audit.What.READ_RECORDS, about(place));
        byte[] body = records.of(place, after == null ? null : RecordReads.Cursor.of(after), limit, codes(context));
        context.contentType("application/json; charset=utf-8");
        context.result(body);
    }

    private SessionReads.Place place(Context context) {
        return walks.place(Params.session(context.pathParam("session")));
    }

    private static ObjectNode about(SessionReads.Place place) {
        return Json.object().put("session", place.session()).put("unit", place.unit());
    }

    private static ObjectNode about(Unit unit) {
        return Json.object().put("unit", unit.name());
    }

    private static boolean codes(Context context) {
        return Guard.login(context).role() == Role.CLINICIAN;
    }

    /** For what a page asks again and again by itself, or a program in a loop. */
    private void auditOnce(Context context, Audit.What what, JsonNode detail) {
        audit.writeOnce(Guard.login(context).name(), what, detail);
    }

    private void audit(Context context, Audit.What what, JsonNode detail) {
        audit.write(Guard.login(context).name(), what, detail);
    }
}
