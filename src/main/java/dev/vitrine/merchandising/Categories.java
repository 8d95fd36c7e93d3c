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

    /** {@code sport/yoga} for {@code sport/yoga/mats}; "" for a department. */
    static String above(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    /** What lies beside it: {@code sport/yoga} for {@code sport/yoga/mats}; a category of two parts or one itself. */
    static String neighbourhood(String path) {
        int last = path.lastIndexOf('/');
        return path.indexOf('/') < last ? path.substring(0, last) : path;
    }

    /** The first step of the path: {@code sport} for {@code sport/yoga/mats}. */
    static String department(String path) {
        int slash = path.indexOf('/');
        return slash < 0 ? path : path.substring(0, slash);
    }
}
