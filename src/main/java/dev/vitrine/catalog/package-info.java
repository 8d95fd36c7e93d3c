/** What the shop sells: products are stored by bulk upsert or import, and read from memory. */
package dev.vitrine.catalog;
