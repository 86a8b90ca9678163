package io.tandem.testbed;

import java.util.List;

/** Names and values that break whatever puts them into a statement without care. Stateless. */
public final class HostileText {

    /** The name of a table, as long as both databases allow where it is ASCII. */
    public static final String ROOT = "Sel`ect \"Or\"der's.%_ $$ $tandem$\n;-- '; DROP {d ?:x 漢";

    /** The name of a table of 63 characters, the most that both databases allow. */
    public static final String CHILD = longest("child `\"'.%_ $$ $tandem$ $1 /* ");

    /** The name of a key column. */
    public static final String KEY = "select. ? :k '`\"; $1 %s $tandem$";

    /** The name of a column of 63 characters. */
    public static final String COLUMN = longest("order ? :t ; -- /* '`\" {fn $$ \\ ");

    /** Texts of which no two are the same for any collation that compares byte by byte. */
    public static final List<String> VALUES = List.of(
            "it's",
            "\"double\"",
            "back\\slash",
            "\\",
            "\\'; DROP TABLE customer; --",
            "'; DROP TABLE customer; --",
            "$$ $1 $tandem$ :x ? {d '1'} %s %_",
            "line\nbreak\r\ttab",
            "emoji 🌻, not in the first plane",
            "e\u0301 is not \u00e9",
            "\u00e9",
            "Ann",
            "ann",
            " leading",
            "NULL",
            "\\N",
            "{1,NULL,\"x\"}",
            "x".repeat(200));

    private HostileText() {}

    private static String longest(String start) {
        return start + "x".repeat(63 - start.length());
    }
}
