/** The built-in model: learns from events what to propose, and proposes candidates for a visit. */
package dev.vitrine.candidates;
