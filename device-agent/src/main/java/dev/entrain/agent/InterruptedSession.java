package dev.entrain.agent;

import dev.entrain.journal.Moment;
import dev.entrain.journal.SessionFolder;
import dev.entrain.session.Programme;
import dev.entrain.session.SessionState;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * A session that the unit's restart interrupted.
 *
 * @param folder where it is kept
 * @param state where it goes on
 * @param originNs its second zero, ns; it may lie before the machine's start
 */
record InterruptedSession(Path folder, SessionState state, long originNs) {
    /**
     * Looks for one that goes on with a programme, by the engine's rule ({@link SessionState#resumes}). Any other is ended as
     * abandoned; what can't be read is told and left alone.
     */
    static @Nullable InterruptedSession find(Path sessionsDir, Programme programme, Moment now) {
        Path folder = null;
        try {
            folder = SessionFolder.interrupted(sessionsDir);
            if (folder == null) {
                return null;
            }
            SessionState state = SessionFolder.state(folder, now);
            if (state == null || !state.resumes(programme)) {
                SessionFolder.abandon(folder);
                Logger.info("The session in {} was interrupted and is over; a new one begins at the button", folder);
                return null;
            }
            double sinceStartS =
                    Math.max(state.sessionS() + state.awayS(), SessionFolder.lastS(SessionFolder.read(folder)));
            Logger.info("The session in {} was interrupted; it goes on at the button", folder);
            return new InterruptedSession(folder, state, now.timeNs() - Math.round(sinceStartS * 1e9));
        } catch (IOException e) {
            Logger.warn(
                    "The interrupted session in {} can't be gone on with: {}",
                    folder == null ? sessionsDir : folder,
                    e.getMessage());
            return null;
        }
    }
}
