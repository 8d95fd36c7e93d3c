/** Says why a decision was as it was: what became of a product, and why a rule did or did not fire. */
package dev.vitrine.explanation;
