/** What is stored of a single shopper: given out, and erased everywhere. */
package dev.vitrine.privacy;
