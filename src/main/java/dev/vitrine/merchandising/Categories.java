package dev.vitrine.merchandising;

/** Category paths such as {@code sport/yoga/mats}. */
final class Categories {
    private Categories() {}

    /** Whether {@code path} is {@code category} or below it. */
    static boolean within(String path, String category) {
        return !category.isEmpty()
                && path.startsWith(category)
                && (path.length() == category.length() || path.charAt(category.length()) == '/');
    }

    /** The first step of the path: {@code sport} for {@code sport/yoga/mats}. */
    static String department(String path) {
        int slash = path.indexOf('/');
        return slash < 0 ? path : path.substring(0, slash);
    }
}
