package dev.entrain.debian;

import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The manual page of a command and everything below it, in the man macros (man(7)). */
final class ManualPage {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT);

    private final CommandLine command;
    private final StringBuilder page = new StringBuilder();

    ManualPage(CommandLine command) {
        this.command = command;
    }

    /** Returns the page's source; call once. */
    String text(String version, OffsetDateTime date) {
        CommandSpec spec = command.getCommandSpec();
        String[] says = spec.usageMessage().description();
        line(".TH ENTRAIN 1 " + DATE.format(date) + " \"entrain " + version + "\" \"Entrain\"");
        line(".SH NAME");
        line("entrain \\- " + escaped(uncapitalised(says[0])));
        line(".SH SYNOPSIS");
        line(".B entrain");
        line("\\fICOMMAND\\fR [\\fIOPTION\\fR...]");
        line(".SH DESCRIPTION");
        for (String text : says) {
            line(escaped(text));
        }
        line("Exit status 0: done, 1: could not, 2: asked wrongly.");
        line(".SH OPTIONS");
        options(spec);
        line(".SH COMMANDS");
        below(command);
        files();
        return page.toString();
    }

    private void below(CommandLine parent) {
        for (CommandLine sub : parent.getSubcommands().values()) {
            CommandSpec spec = sub.getCommandSpec();
            if (spec.usageMessage().hidden()) {
                continue;
            }
            line(".SS " + escaped(spec.qualifiedName()));
            for (String text : spec.usageMessage().description()) {
                line(escaped(text));
                line(".br");
            }
            positionals(spec);
            options(spec);
            below(sub);
        }
    }

    private void positionals(CommandSpec spec) {
        for (PositionalParamSpec parameter : spec.positionalParameters()) {
            if (!parameter.hidden()) {
                line(".TP");
                line("\\fI" + escaped(parameter.paramLabel()) + "\\fR");
                described(parameter);
            }
        }
    }

    private void options(CommandSpec spec) {
        for (OptionSpec option : spec.options()) {
            // Those are the same for every command and told once.
            boolean told = spec.parent() != null && (option.usageHelp() || option.versionHelp());
            if (!option.hidden() && !told) {
                line(".TP");
                String names = "\\fB" + escaped(String.join(", ", option.names())) + "\\fR";
                line(option.arity().max() > 0 ? names + " \\fI" + escaped(option.paramLabel()) + "\\fR" : names);
                described(option);
            }
        }
    }

    private void described(ArgSpec argument) {
        String text = String.join(" ", argument.description());
        line(text.isEmpty() ? "(as it says)" : escaped(text.replace("%n", " ").replace("%%", "%")));
    }

    private void files() {
        line(".SH FILES");
        file(
                "/etc/entrain/agent.toml",
                "What this unit is: sensors, sound, broker. Written by provisioning; no package touches it.");
        file("/usr/share/doc/entrain/examples/agent.toml", "Every key with its unit, range and default.");
        file(
                "/var/lib/entrain",
                "What the unit keeps: the journal of its walks, its key and certificate, calibrations.");
        file("/var/cache/entrain", "Made anew whenever needed: the cache of start-up, earlier packages.");
        line(".SH \"SEE ALSO\"");
        line(".BR systemctl (1),");
        line(".BR journalctl (1)");
    }

    private void file(String path, String meaning) {
        line(".TP");
        line(".I " + path);
        line(meaning);
    }

    private void line(String text) {
        page.append(text).append('\n');
    }

    private static String uncapitalised(String text) {
        String plain = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        return plain.substring(0, 1).toLowerCase(Locale.ROOT) + plain.substring(1);
    }

    /** A line that begins with a dot or an apostrophe would be a request, a hyphen not a minus. */
    private static String escaped(String text) {
        String plain = text.replace("\\", "\\e").replace("-", "\\-");
        return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
    }
}
