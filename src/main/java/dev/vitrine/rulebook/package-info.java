/** DRL files checked, compiled, tried on their examples and published as editions; the only room that knows Drools. */
package dev.vitrine.rulebook;
