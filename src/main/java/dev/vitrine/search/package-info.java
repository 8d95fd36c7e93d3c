/** Finds products by words. */
package dev.vitrine.search;
