package dev.vitrine.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A value made of text and columns, such as <code>p-{product_id}</code>; <code>{category_code:last}</code> is the last step
 * of a category. If all its columns are empty, there is no value, so that <code>p-{product_id}</code> never becomes
 * {@code p-}.
 */
final class Template {
    private static final Pattern COLUMN = Pattern.compile("\\{([^{}:]+)(:last)?}");

    private final String text;
    private final String categorySeparator;
    private final List<String> columns = new ArrayList<>();

    Template(String text, String categorySeparator) {
        this.text = text;
        this.categorySeparator = categorySeparator;
        Matcher column = COLUMN.matcher(text);
        while (column.find()) {
            columns.add(column.group(1));
        }
        if (column.replaceAll("").matches(".*[{}].*")) {
            throw new ImportFailure("'" + text + "' is not a template: write {column} or {column:last}");
        }
    }

    List<String> columns() {
        return columns;
    }

    /** The value for this row, null if there is none. */
    String value(Row row) {
        if (columns.isEmpty()) {
            return text;
        }
        if (columns.stream().allMatch(column -> row.text(column).isEmpty())) {
            return null;
        }
        String filled = COLUMN.matcher(text).replaceAll(found -> {
            String value = row.text(found.group(1));
            return Matcher.quoteReplacement(found.group(2) == null ? value : lastStep(value));
        });
        // an empty column between two others leaves two spaces
        return filled.strip().replaceAll(" {2,}", " ");
    }

    private String lastStep(String category) {
        return category.substring(category.lastIndexOf(categorySeparator) + 1).replace('_', ' ');
    }
}
