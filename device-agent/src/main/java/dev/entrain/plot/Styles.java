package dev.entrain.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one table of styles, in the words of CSS: a browser reads it as it stands, other canvases through {@link #look}. Colours
 * are told apart by people with any colour vision (Okabe and Ito 2008), and by shape or line where they matter in black and
 * white.
 */
public final class Styles {
    /** The style sheet. Later rules win over earlier ones, whatever order a style names them in. */
    static final String CSS = """
            text{font:13px system-ui,"Liberation Sans","DejaVu Sans",sans-serif;fill:#333}
            .title{font-size:17px;font-weight:600;fill:#111}.sub{fill:#555}.head{font-size:15px;font-weight:600}
            .end{text-anchor:end}.mid{text-anchor:middle}.small{font-size:12px}.tiny{font-size:10.5px}.bold{font-weight:600}
            .halo{paint-order:stroke;stroke:#fafafa;stroke-width:4px}
            .page{fill:#fff}.panel{fill:#fafafa;stroke:#bbb;stroke-width:1}.grid{stroke:#e4e4e4;stroke-width:1;fill:none}
            .zero{stroke:#999;stroke-width:1;fill:none}.limit{stroke:#999;stroke-width:1;stroke-dasharray:2 3;fill:none}
            .curve{fill:none;stroke-width:1.5;stroke-linejoin:round}.thin{stroke-width:1}.thick{stroke-width:2.2}
            .dash{stroke-dasharray:5 3}
            .blue{stroke:#0072b2}.red{stroke:#d55e00}.green{stroke:#009e73}.black{stroke:#222}.grey{stroke:#888}
            .purple{stroke:#aa4499}
            .fblue{fill:#0072b2}.fred{fill:#d55e00}.fgreen{fill:#009e73}.fblack{fill:#222}.fgrey{fill:#888}
            .fpurple{fill:#aa4499}.fwhite{fill:#fff}.fnone{fill:none}
            .band{stroke:none;fill-opacity:.18}.bar{stroke:none;fill-opacity:.75}.faint{stroke-opacity:.45}.pale{fill-opacity:.4}
            .mark{fill:#f0e442;fill-opacity:.3;stroke:none}.cued{fill:#bcd7ea;fill-opacity:.4;stroke:none}.strip{fill:#f3f3f3;stroke:#bbb;stroke-width:1}.cuedstrip{fill:#cfe2ef}
            """;

    private static final Pattern RULE = Pattern.compile("\\.([a-z]+)\\{([^}]*)}");
    private static final List<Rule> RULES = rules();

    private Styles() {}

    private record Rule(String name, List<String> declarations) {}

    private static List<Rule> rules() {
        List<Rule> rules = new ArrayList<>();
        Matcher matcher = RULE.matcher(CSS);
        while (matcher.find()) {
            rules.add(new Rule(matcher.group(1), List.of(matcher.group(2).split(";", -1))));
        }
        return List.copyOf(rules);
    }

    /**
     * Returns what a style looks like.
     *
     * @param style names, separated by blanks
     * @param text whether it is text, whose colour and size have defaults of their own
     */
    public static Look look(String style, boolean text) {
        String names = " " + style + " ";
        Look look = text ? Look.TEXT : Look.SHAPE;
        for (Rule rule : RULES) {
            if (names.contains(" " + rule.name + " ")) {
                for (String declaration : rule.declarations) {
                    int colon = declaration.indexOf(':');
                    look = look.with(declaration.substring(0, colon), declaration.substring(colon + 1));
                }
            }
        }
        return look;
    }
}
