package dev.entrain.sim.orders;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Messages to a unit of which none may change anything: noise, damage, forgery, old news, and what the clinic's own key
 * signed by mistake. The unit is taken to have had greater revisions than {@link #OLD_REV}, and commands up to
 * {@link #OLD_ID}. The same seed and keys give the same messages. Not thread-safe.
 */
public final class OrderFuzz {
    /** Authentic revisions up to this one are old. */
    public static final long OLD_REV = 1000;

    /** Authentic numbers up to this one are old. */
    public static final long OLD_ID = 1_000_000;

    private static final int POOL = 60;
    private static final int MOST_BYTES = 1 << 20;
    private static final int DEEP = 30_000;
    private static final int KINDS = 16;
    private static final String[] LEAVES = {"rx", "cfg", "cmd"};

    /** What a programme or settings may not say. */
    private static final String[] WRONG_NUMBERS = {"-1", "1e308", "nan", "inf", "-inf", "99999999999999999999", "1000", "true", "\"x\""};

    private static final String[] WRONG_SETTINGS = {
        "[audio]\nlevel_db_spl = 200",
        "[audio]\nlevel_dbfs = 0",
        "[audio]\ndevice = 'x'",
        "[cue]\ntempo_spm = 300",
        "[telemetry]\nbroker = 'tcp://elsewhere:1'",
        "[telemetry]\ntiming_s = 0",
        "[clinic]\npublic_key = 'mine'",
        "state_dir = '/'",
        "[cue",
        "x = " + "[".repeat(5000)
    };

    /**
     * A message.
     *
     * @param leaf last part of its topic
     * @param expiryS message expiry, s; -1 for none
     */
    public record Shot(String leaf, byte[] payload, long expiryS) {}

    private final SplittableRandom random;
    private final byte[] noise = new byte[MOST_BYTES];
    private final String unit;
    private final List<String> fresh = new ArrayList<>();
    private final List<String> old = new ArrayList<>();
    private final List<String> forged = new ArrayList<>();
    private final List<String> strange = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();
    private final List<String> commands = new ArrayList<>();
    private final List<String> lateCommands = new ArrayList<>();

    /**
     * Makes a source.
     *
     * @param clinic whose key the unit trusts
     * @param programme a programme that is in order
     */
    public OrderFuzz(long seed, SignedText clinic, String unit, String boot, String programme) {
        random = new SplittableRandom(seed);
        random.nextBytes(noise);
        this.unit = unit;
        SignedText stranger = new SignedText();
        String settings = "[cue]\ntempo_spm = 90\n";
        for (int i = 0; i < POOL; i++) {
            long rev = OLD_REV + 1 + random.nextInt(1_000_000);
            fresh.add(clinic.order("rx", unit, rev, programme));
            fresh.add(clinic.order("cfg", unit, rev, settings));
            old.add("rx" + clinic.order("rx", unit, 1 + random.nextInt((int) OLD_REV - 1), programme));
            old.add("cfg" + clinic.order("cfg", unit, 1 + random.nextInt((int) OLD_REV - 1), settings));
            forged.add("rx" + stranger.order("rx", unit, rev, programme));
            forged.add("cfg" + stranger.order("cfg", unit, rev, settings));
            forged.add("cmd" + stranger.command(unit, boot, OLD_ID + rev, "start"));
            forged.add("rx" + clinic.order("cfg", unit, rev, programme));
            strange.add("rx" + clinic.order("rx", "another", rev, programme));
            strange.add("cmd" + clinic.command("another", boot, OLD_ID + rev, "start"));
            strange.add("cmd" + clinic.command(unit, "11111111-2222-4333-8444-555555555555", OLD_ID + rev, "start"));
            strange.add("cmd" + clinic.command(unit, boot, OLD_ID + rev, "dance"));
            wrong.add("rx" + clinic.order("rx", unit, rev, spoilt(programme)));
            wrong.add("cfg" + clinic.order("cfg", unit, rev, WRONG_SETTINGS[random.nextInt(WRONG_SETTINGS.length)]));
            commands.add(clinic.command(unit, boot, OLD_ID + rev, "start"));
            lateCommands.add(clinic.command(unit, boot, 1 + random.nextInt((int) OLD_ID - 1), "start"));
        }
    }

    /** Returns the next message. */
    public Shot next() {
        String leaf = LEAVES[random.nextInt(LEAVES.length)];
        return switch (random.nextInt(KINDS)) {
            case 0 -> shot(leaf, noise());
            case 1 -> truncated();
            case 2 -> shot(leaf, "{\"v\":3,\"unit\":\"" + unit + "\",\"rev\":" + pick("NaN", "Infinity", "-Infinity", "-0", "1.0", "1e3", "0x1") + "}");
            case 3 -> shot("rx", pick(fresh).replaceFirst("\"v\":3", "\"v\":3,\"rev\":5"));
            case 4 -> shot(leaf, "{\"v\":" + pick("[", "{\"a\":").repeat(1 + random.nextInt(DEEP)));
            case 5, 6 -> leafed(pick(forged));
            case 7, 8 -> flipped();
            case 9 -> leafed(pick(old));
            case 10 -> leafed(pick(wrong));
            case 11 -> leafed(pick(strange));
            case 12 -> shot(leaf, "{\"v\":3,\"unit\":\"" + unit + "\",\"rev\":" + "9".repeat(1 + random.nextInt(4000)) + ",\"id\":1e99999}");
            case 13 -> shot(leaf, notUnicode());
            case 14 -> shot(leaf, manyFields());
            default -> command();
        };
    }

    private Shot shot(String leaf, String text) {
        return shot(leaf, text.getBytes(StandardCharsets.UTF_8));
    }

    private Shot shot(String leaf, byte[] payload) {
        // An empty prescription withdraws, and that is no harm the unit could refuse.
        boolean withdraws = payload.length == 0 && !leaf.equals("cmd");
        return new Shot(leaf, withdraws ? new byte[] {0} : payload, 1 + random.nextInt(60));
    }

    private Shot leafed(String text) {
        String leaf = text.startsWith("rx") ? "rx" : text.substring(0, 3);
        return shot(leaf, text.substring(leaf.length()));
    }

    private byte[] noise() {
        // Of every size, small ones far more often.
        int size = (int) Math.min(MOST_BYTES, Math.pow(2, 21 * Math.pow(random.nextDouble(), 3)) - 1);
        int from = random.nextInt(MOST_BYTES - size + 1);
        return Arrays.copyOfRange(noise, from, from + size);
    }

    private Shot truncated() {
        byte[] whole = pick(fresh).getBytes(StandardCharsets.UTF_8);
        return shot("rx", Arrays.copyOf(whole, random.nextInt(whole.length)));
    }

    /** One bit of an authentic message, behind its version, which is not signed. */
    private Shot flipped() {
        int one = random.nextInt(fresh.size());
        byte[] bytes = fresh.get(one).getBytes(StandardCharsets.UTF_8);
        int from = "{\"v\":3".length();
        bytes[from + random.nextInt(bytes.length - from)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        return shot(one % 2 == 0 ? "rx" : "cfg", bytes);
    }

    private byte[] notUnicode() {
        byte[] bytes = pick(fresh).getBytes(StandardCharsets.UTF_8);
        bytes[random.nextInt(bytes.length)] = (byte) (0x80 + random.nextInt(0x80));
        return bytes;
    }

    private String manyFields() {
        StringBuilder text = new StringBuilder("{\"v\":3");
        int count = 1 + random.nextInt(3000);
        for (int i = 0; i < count; i++) {
            text.append(",\"f").append(i).append("\":null");
        }
        return text.append('}').toString();
    }

    private Shot command() {
        byte[] late = pick(lateCommands).getBytes(StandardCharsets.UTF_8);
        byte[] signed = pick(commands).getBytes(StandardCharsets.UTF_8);
        return switch (random.nextInt(3)) {
            case 0 -> new Shot("cmd", late, 1 + random.nextInt(60));
            case 1 -> new Shot("cmd", signed, -1);
            default -> new Shot("cmd", signed, 61 + random.nextInt(1_000_000));
        };
    }

    /** A programme with a number it may not have, or cut off. */
    private String spoilt(String programme) {
        List<String> lines = new ArrayList<>(programme.lines().toList());
        for (int i = 0; i < 1000; i++) {
            int at = random.nextInt(lines.size());
            String line = lines.get(at);
            if (line.matches("[a-z_]+ = -?[0-9].*")) {
                lines.set(at, line.substring(0, line.indexOf('=') + 2) + WRONG_NUMBERS[random.nextInt(WRONG_NUMBERS.length)]);
                lines.add(at, "no_such_key = 1");
                return String.join("\n", lines);
            }
        }
        return "no programme";
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }

    private String pick(String... from) {
        return from[random.nextInt(from.length)];
    }
}
