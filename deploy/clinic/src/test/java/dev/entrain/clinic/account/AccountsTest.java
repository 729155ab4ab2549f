package dev.entrain.clinic.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrain.clinic.HandClock;
import dev.entrain.clinic.TestDatabase;
import dev.entrain.clinic.sql.Sql;
import dev.entrain.clinic.store.Database;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(TestDatabase.class)
class AccountsTest {
    private static final String PASSWORD = "seven green kettles";
    private static final String HOME = "192.0.2.7";

    private final HandClock clock = new HandClock(Instant.parse("2026-11-23T10:00:00Z"));
    private final Sql sql;
    private final Accounts accounts;
    private final WebSessions sessions;
    private final Logins logins;

    /** Of its own for each test, so that they need not tidy up. */
    private String ada = "";

    AccountsTest(Database database) {
        sql = new Sql(database.source());
        Passwords passwords = TestPasswords.cheap();
        SecureRandom random = new SecureRandom();
        accounts = new Accounts(sql, passwords, clock);
        sessions = new WebSessions(sql, clock, random);
        logins = new Logins(sql, accounts, passwords, sessions, new Audit(sql, clock), clock, random);
    }

    @BeforeEach
    void addsAda() throws Accounts.Refused {
        ada = "ada-" + UUID.randomUUID().toString().substring(0, 8);
        accounts.add(ada, Role.CLINICIAN, PASSWORD);
        sql.update("DELETE FROM login_failure");
    }

    @Test
    void shouldKeepPasswordsAsArgon2idOfTheRecommendedCost() {
        Passwords full = new Passwords();
        String hash = full.hash(PASSWORD);

        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").doesNotContain(PASSWORD);
        assertThat(full.hash(PASSWORD)).isNotEqualTo(hash);
        assertThat(full.outdated(hash)).isFalse();
        assertThat(full.outdated(String.valueOf(accounts.hashOf(ada)))).isTrue();
    }

    @Test
    void shouldHashAnewAtLogInWhenTheCostChanged() throws Exception {
        Passwords dearer = new Passwords(128);
        Accounts same = new Accounts(sql, dearer, clock);
        Logins newer = new Logins(sql, same, dearer, sessions, new Audit(sql, clock), clock, new SecureRandom());
        String before = accounts.hashOf(ada);

        assertThat(newer.login(ada, PASSWORD, HOME, null)).isInstanceOf(Logins.Outcome.In.class);
        assertThat(same.hashOf(ada)).isNotEqualTo(before).contains("m=128");
        assertThat(newer.login(ada, PASSWORD, HOME, null)).isInstanceOf(Logins.Outcome.In.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "short",
                "elevenchars",
                "aaaaaaaaaaaaaaaa",
                "Password1234",
                "passwordpassword",
                "123456789012",
                "qwertyuiop12"
            })
    void shouldRefuseAPasswordThatSomebodyTriesFirst(String password) {
        assertThatThrownBy(() -> accounts.password(ada, password))
                .isInstanceOf(Accounts.Refused.class)
                .hasMessageContaining("not taken");
        assertThatThrownBy(() -> accounts.password(ada, ada)).hasMessageContaining("name of the account");
    }

    @Test
    void shouldLogNobodyInWithAWrongPasswordOrWithoutAnAccount() {
        assertThat(attempt("wrong", null)).isInstanceOf(Logins.Outcome.Wrong.class);
        assertThat(logins.login("nobody-here", PASSWORD, HOME, null)).isInstanceOf(Logins.Outcome.Wrong.class);
        assertThat(logins.login("' OR '1'='1", PASSWORD, HOME, null)).isInstanceOf(Logins.Outcome.Wrong.class);
        assertThat(logins.login(ada, "x".repeat(5_000), HOME, null)).isInstanceOf(Logins.Outcome.Wrong.class);
    }

    @Test
    void shouldKnowOnlyTheHashOfALogInsSecret() {
        Token token = in(attempt(PASSWORD, null)).session();

        assertThat(sessions.use(token)).isEqualTo(new WebSessions.Login(ada, Role.CLINICIAN));
        List<String> kept = sql.query("SELECT encode(token_hash, 'escape') FROM web_session", row -> row.getString(1));
        assertThat(kept).isNotEmpty().noneMatch(text -> text.contains(token.text()));
        assertThat(token.toString()).doesNotContain(token.text());
    }

    @Test
    void shouldEndALogInAfterHalfAnHourOfSilence() {
        Token token = in(attempt(PASSWORD, null)).session();
        for (int i = 0; i < 4; i++) {
            clock.pass(Duration.ofMinutes(29));
            assertThat(sessions.use(token)).isNotNull();
        }
        clock.pass(Duration.ofMinutes(31));

        assertThat(sessions.use(token)).isNull();
    }

    @Test
    void shouldEndALogInAfterTwelveHoursHoweverBusy() {
        Token token = in(attempt(PASSWORD, null)).session();
        for (int i = 0; i < 71; i++) {
            clock.pass(Duration.ofMinutes(10));
            assertThat(sessions.use(token)).isNotNull();
        }
        clock.pass(Duration.ofMinutes(10));

        assertThat(sessions.use(token)).isNull();
    }

    @Test
    void shouldEndLogInsOfAnAccountThatChanges() throws Exception {
        Token first = in(attempt(PASSWORD, null)).session();
        accounts.password(ada, "nine purple lanterns");
        assertThat(sessions.use(first)).isNull();

        Token second = in(attempt("nine purple lanterns", null)).session();
        accounts.disable(ada, true);
        assertThat(sessions.use(second)).isNull();
        assertThat(attempt("nine purple lanterns", null)).isInstanceOf(Logins.Outcome.Wrong.class);

        accounts.disable(ada, false);
        Token third = in(attempt("nine purple lanterns", null)).session();
        accounts.remove(ada);
        assertThat(sessions.use(third)).isNull();
        assertThatThrownBy(() -> accounts.remove(ada)).hasMessageContaining("account list");
    }

    @Test
    void shouldMakeAGuesserWaitLongerAndLonger() {
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 14; i++) {
            if (attempt("guess " + i, null) instanceof Logins.Outcome.Wait wait) {
                waits.add(wait.seconds());
                clock.pass(Duration.ofSeconds(wait.seconds()));
                assertThat(attempt("guess", null)).isInstanceOf(Logins.Outcome.Wrong.class);
            }
        }

        assertThat(waits).hasSize(9).isSorted().startsWith(1L, 2L, 4L).endsWith(256L);
    }

    @Test
    void shouldLetInAtOnceHoweverFineTheClockIs() {
        clock.pass(Duration.ofNanos(600));

        assertThat(attempt(PASSWORD, null)).isInstanceOf(Logins.Outcome.In.class);
    }

    @Test
    void shouldNotProlongAWaitForKnocking() {
        for (int i = 0; i < 6; i++) {
            attempt("guess", null);
        }
        assertThat(attempt("guess", null)).isEqualTo(new Logins.Outcome.Wait(1));
        for (int i = 0; i < 50; i++) {
            assertThat(attempt(PASSWORD, null)).isEqualTo(new Logins.Outcome.Wait(1));
        }
        clock.pass(Duration.ofSeconds(1));

        assertThat(attempt(PASSWORD, null)).isInstanceOf(Logins.Outcome.In.class);
    }

    /** An interrupted wait stands for one that took too long: both end before the password is looked at. */
    @Test
    void shouldCountNoTryThatNobodyLookedAt() {
        for (int i = 0; i < 12; i++) {
            assertThat(accounts.find(ada)).isNotNull(); // So that a connection is there, which need not be waited for.
            Thread.currentThread().interrupt();
            assertThat(attempt(PASSWORD, null)).isEqualTo(new Logins.Outcome.Wait(5));
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(attempt(PASSWORD, null)).isInstanceOf(Logins.Outcome.In.class);
    }

    @Test
    void shouldLetABrowserInThatWasInBeforeWhileAStrangerGuesses() {
        Token device = in(attempt(PASSWORD, null)).device();
        for (int i = 0; i < 200; i++) {
            logins.login(ada, "guess " + i, "203.0.113." + i, null);
        }
        assertThat(attempt(PASSWORD, null)).isInstanceOf(Logins.Outcome.Wait.class);

        assertThat(attempt(PASSWORD, device)).isInstanceOf(Logins.Outcome.In.class);
    }

    @Test
    void shouldSlowDownAnAddressThatTriesManyNames() {
        int wrong = 0;
        for (int i = 0; i < 40; i++) {
            wrong += logins.login("name" + i, "guess", HOME, null) instanceof Logins.Outcome.Wrong ? 1 : 0;
        }
        assertThat(wrong).isEqualTo(20);
        assertThat(logins.login(ada, PASSWORD, "192.0.2.8", null)).isInstanceOf(Logins.Outcome.In.class);
    }

    @Test
    void shouldCountTriesAtOnceOneByOne() throws Exception {
        List<Future<Logins.Outcome>> tries = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
            for (int i = 0; i < 30; i++) {
                tries.add(threads.submit(() -> attempt("guess", null)));
            }
        }
        int wrong = 0;
        for (Future<Logins.Outcome> one : tries) {
            wrong += one.get() instanceof Logins.Outcome.Wrong ? 1 : 0;
        }

        assertThat(wrong).isEqualTo(5);
    }

    @Test
    void shouldWriteLogInsDownWithoutPasswords() {
        attempt("a wrong one", null);
        attempt(PASSWORD, null);

        List<String> lines = sql.query(
                "SELECT what || detail::text FROM audit WHERE name = ? ORDER BY audit_id",
                row -> row.getString(1),
                ada);
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).startsWith("login_failed").contains(HOME).doesNotContain("wrong one");
        assertThat(lines.get(1)).startsWith("login{").doesNotContain(PASSWORD);
    }

    private Logins.Outcome attempt(String password, @Nullable Token device) {
        return logins.login(ada, password, HOME, device);
    }

    private static Logins.Outcome.In in(Logins.Outcome outcome) {
        assertThat(outcome).isInstanceOf(Logins.Outcome.In.class);
        return (Logins.Outcome.In) outcome;
    }
}
