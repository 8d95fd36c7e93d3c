package dev.vitrine.rulebook.language;

/**
 * Takes what is wrong in a rule, and where. A fault keeps the rule from being compiled. A slip compiles and is refused where a
 * change is checked: nobody can mean it. An edition that was published before it counted as one goes on serving. A remark is
 * of what does no harm and says nothing, and is a warning.
 */
interface RuleReport {
    /** @param column 0 for the first word of the line */
    void fault(int line, int column, String message, String cure);

    void slip(int line, int column, String message, String cure);

    void remark(int line, int column, String message, String cure);
}
