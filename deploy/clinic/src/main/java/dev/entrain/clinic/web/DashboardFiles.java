package dev.entrain.clinic.web;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The built page, read once and held in memory: a request can name no file but these. Names with a hash in them never change
 * and may be kept; the others are asked for anew with what they were. Thread-safe.
 */
final class DashboardFiles {
    private static final String RESOURCE = "/dashboard/index.html";
    private static final Pattern HASHED = Pattern.compile(".*[.-][A-Z0-9]{8}\\.(js|css|woff2|svg|png)");
    private static final int MOST_FILES = 500;
    private static final long MOST_BYTES = 50_000_000;

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("json", "application/json; charset=utf-8"),
            Map.entry("map", "application/json; charset=utf-8"),
            Map.entry("webmanifest", "application/manifest+json; charset=utf-8"),
            Map.entry("txt", "text/plain; charset=utf-8"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("woff2", "font/woff2"));

    private final Map<String, Page> pages;

    @SuppressWarnings("ArrayRecordComponent") // Never compared by value, and never changed.
    private record Page(byte[] bytes, String type, String etag, boolean hashed) {}

    private DashboardFiles(Map<String, Page> pages) {
        this.pages = pages;
    }

    /**
     * Reads the page.
     *
     * @param folder null for the one in the jar, or none where the jar has none
     * @throws IOException if the folder has no index.html or can not be read
     */
    static DashboardFiles read(@Nullable Path folder) throws IOException {
        if (folder != null) {
            if (!Files.isRegularFile(folder.resolve("index.html"))) {
                throw new IOException("the dashboard's folder " + folder
                        + " has no index.html: build it with 'npm run build' in deploy/clinic/dashboard");
            }
            return new DashboardFiles(pages(folder));
        }
        URL index = DashboardFiles.class.getResource(RESOURCE);
        if (index == null) {
            return new DashboardFiles(Map.of());
        }
        try {
            URI uri = index.toURI();
            if (uri.getScheme().equals("jar")) {
                try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                    return new DashboardFiles(pages(jar.getPath(RESOURCE).getParent()));
                }
            }
            return new DashboardFiles(pages(Path.of(uri).getParent()));
        } catch (URISyntaxException e) {
            throw new IOException("the jar's own place is no address: " + index, e);
        }
    }

    /** Answers a request that is none for the API. */
    void serve(Context context) {
        String path = context.path().substring(1);
        Page page = pages.get(path.isEmpty() ? "index.html" : path);
        // Addresses of pages are the page's own business; what looks like a file has to be one.
        if (page == null && !path.substring(path.lastIndexOf('/') + 1).contains(".")) {
            page = pages.get("index.html");
        }
        if (page == null) {
            throw pages.isEmpty()
                    ? ApiError.notFound("page in this program", "Build deploy/clinic/dashboard, or give its folder.")
                    : ApiError.notFound("such file", "Go to the first page.");
        }
        context.header("Cache-Control", page.hashed ? "public, max-age=31536000, immutable" : "no-cache");
        context.header("ETag", page.etag);
        if (page.etag.equals(context.header("If-None-Match"))) {
            context.status(304);
            return;
        }
        context.contentType(page.type);
        context.result(page.bytes);
    }

    private static Map<String, Page> pages(@Nullable Path folder) throws IOException {
        Map<String, Page> pages = new TreeMap<>();
        if (folder == null) {
            return pages;
        }
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder, 8)) {
            files = walk.filter(Files::isRegularFile).limit(MOST_FILES + 1L).toList();
        }
        long size = 0;
        for (Path file : files) {
            String name = folder.relativize(file).toString();
            String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
            if (type != null) {
                byte[] bytes = bytes(file);
                size += bytes.length;
                pages.put(
                        name,
                        new Page(bytes, type, etag(bytes), HASHED.matcher(name).matches()));
            }
        }
        if (files.size() > MOST_FILES || size > MOST_BYTES) {
            throw new IOException(
                    "the dashboard's folder " + folder + " holds more than a page needs: is it the right one?");
        }
        return pages;
    }

    private static byte[] bytes(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes((int) MOST_BYTES);
        }
    }

    private static String etag(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return "\"" + HexFormat.of().formatHex(hash, 0, 16) + "\"";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
