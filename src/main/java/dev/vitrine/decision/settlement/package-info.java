/** Settles proposals into a ranked list: hide, pin, guarantee, cap, boost, with the reasons for every place. */
package dev.vitrine.decision.settlement;
