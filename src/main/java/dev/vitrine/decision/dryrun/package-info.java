/** Makes decisions without serving or recording them: for previews, backtests, shadows and draft checks. */
package dev.vitrine.decision.dryrun;
