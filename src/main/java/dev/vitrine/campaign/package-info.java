/** Campaigns: what is promoted, from when to when; a running one is a fact that rules match. */
package dev.vitrine.campaign;
