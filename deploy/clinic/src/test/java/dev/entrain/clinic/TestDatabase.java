package dev.entrain.clinic;

import dev.entrain.clinic.store.Database;
import dev.entrain.clinic.store.DatabaseConfig;
import dev.entrain.clinic.store.EmbeddedDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives a test class a database of its own, migrated, in one real PostgreSQL for all tests that want one. */
public final class TestDatabase implements ParameterResolver, AfterAllCallback {
    private static final ExtensionContext.Namespace SPACE = ExtensionContext.Namespace.create(TestDatabase.class);

    private record Server(EmbeddedDatabase database, AtomicInteger made) implements AutoCloseable {
        @Override
        public void close() {
            database.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Database.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        ExtensionContext.Store all = context.getRoot().getStore(SPACE);
        Server server = all.computeIfAbsent(Server.class, key -> start(), Server.class);
        ExtensionContext.Store own = context.getStore(SPACE);
        return own.computeIfAbsent(Database.class, key -> fresh(server), Database.class);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Database database = context.getStore(SPACE).remove(Database.class, Database.class);
        if (database != null) {
            database.close();
        }
    }

    private static Server start() {
        try {
            return new Server(EmbeddedDatabase.temporary(), new AtomicInteger());
        } catch (Exception e) {
            throw new IllegalStateException("no PostgreSQL for the tests", e);
        }
    }

    private static Database fresh(Server server) {
        DatabaseConfig config = server.database().config();
        String name = "test" + server.made().incrementAndGet();
        try (Connection connection = DriverManager.getConnection(config.url(), config.user(), config.password());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
            String url = config.url().replaceFirst("/[a-z]+$", "/" + name);
            return Database.open(new DatabaseConfig(url, config.user(), config.password(), 8));
        } catch (Exception e) {
            throw new IllegalStateException("no database for a test", e);
        }
    }
}
