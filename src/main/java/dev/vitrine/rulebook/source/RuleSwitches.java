package dev.vitrine.rulebook.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands between the name of a rule and its {@code when}, by text, since a draft or an old edition need not parse. */
record RuleSwitches(String owner, boolean paused, String from, String until) {
    private static final Pattern NAME = Pattern.compile("\\brule\\s++(?:" + RuleText.STRING + "|\\w++)");
    private static final Pattern WHEN = Pattern.compile("(?m)^\\s*+when\\b|\\swhen\\s");
    private static final Pattern OWNER = Pattern.compile("@owner\\s*+\\(\\s*+\"([^\"]*+)\"\\s*+\\)");
    private static final Pattern ENABLED = Pattern.compile("\\benabled\\s++(true|false)\\b");
    private static final Pattern EFFECTIVE = Pattern.compile("\\bdate-effective\\s++\"([^\"]*+)\"");
    private static final Pattern EXPIRES = Pattern.compile("\\bdate-expires\\s++\"([^\"]*+)\"");

    static RuleSwitches of(String rule) {
        String head = head(rule);
        return new RuleSwitches(
                found(OWNER, head), "false".equals(found(ENABLED, head)), found(EFFECTIVE, head), found(EXPIRES, head));
    }

    /** Without comments and the name. */
    private static String head(String rule) {
        String bare = RuleText.withoutComments(rule);
        Matcher name = NAME.matcher(bare);
        String rest = name.find() ? bare.substring(name.end()) : bare;
        Matcher when = WHEN.matcher(rest);
        return when.find() ? rest.substring(0, when.start()) : rest;
    }

    private static String found(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        return found.find() ? found.group(1) : null;
    }

    /** In sentences that go on from the name of the rule. */
    static List<String> said(String before, String after) {
        RuleSwitches was = of(before);
        RuleSwitches is = of(after);
        List<String> said = new ArrayList<>();
        if (was.paused != is.paused) {
            said.add(is.paused ? "is paused" : "is no longer paused");
        }
        if (!Objects.equals(was.from, is.from)) {
            said.add(is.from == null ? "has no first day any more" : "begins on " + is.from + instead(was.from));
        }
        if (!Objects.equals(was.until, is.until)) {
            said.add(is.until == null ? "has no last day any more" : "ends before " + is.until + instead(was.until));
        }
        if (!Objects.equals(was.owner, is.owner)) {
            said.add(is.owner == null ? "has no owner any more" : "belongs to " + is.owner + instead(was.owner));
        }
        return said;
    }

    private static String instead(String was) {
        return was == null ? "" : ", not " + was;
    }
}
