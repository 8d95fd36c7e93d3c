/** What came of it: reports on what the rules wanted, and what the shop got. */
package dev.vitrine.insight;
