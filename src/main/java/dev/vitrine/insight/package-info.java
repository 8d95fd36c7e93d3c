/** Reports on what the rules wanted and what the shop got. */
package dev.vitrine.insight;
