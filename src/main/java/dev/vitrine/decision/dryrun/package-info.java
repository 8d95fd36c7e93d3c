/** Decides without serving or recording: for previews, backtests and campaign checks. */
package dev.vitrine.decision.dryrun;
