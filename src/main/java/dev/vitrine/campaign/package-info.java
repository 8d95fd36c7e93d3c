/** Campaigns: what is promoted and when. A running campaign is a fact that rules match. */
package dev.vitrine.campaign;
