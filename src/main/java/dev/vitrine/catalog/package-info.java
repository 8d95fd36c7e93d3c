/** What the shop sells: products come in by bulk upsert or import, and are read from memory. */
package dev.vitrine.catalog;
